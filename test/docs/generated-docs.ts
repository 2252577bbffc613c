import { documentOffline } from '#apps/api/openapi/offline';
import { authorisationTable } from './authorisation';
import { diagrams } from './diagrams';
import { eventCatalogue } from './event-catalogue';
import { pagesTable } from './pages/pages';
import { reportingViews } from './reporting-views';
import { ruleTable } from './rule-table';

/** One generated and committed file. */
export interface GeneratedDoc {
  /** From the project's root. */
  readonly path: string;
  readonly text: () => string | Promise<string>;
}

/** All of them: whoever generates one more adds a line. */
export const generatedDocs: readonly GeneratedDoc[] = [
  { path: 'docs/event-catalogue.md', text: eventCatalogue },
  { path: 'docs/rules-to-tests.md', text: () => ruleTable() },
  { path: 'docs/openapi.json', text: async () => `${JSON.stringify(await documentOffline(), null, 2)}\n` },
  { path: 'docs/reporting-views.md', text: reportingViews },
  { path: 'docs/diagrams.md', text: diagrams },
  { path: 'docs/pages.md', text: async () => pagesTable(await documentOffline()) },
  { path: 'docs/authorisation.md', text: async () => authorisationTable(await documentOffline()) },
];
