import { auditSchemas } from '#event-store/codec/audit.schemas';
import { exchangeSchemas } from '#event-store/codec/exchange.schemas';
import { incidentSchemas } from '#event-store/codec/incident.schemas';
import { matchSchemas } from '#event-store/codec/match.schemas';
import { memberSchemas } from '#event-store/codec/member.schemas';
import { networkSchemas } from '#event-store/codec/network.schemas';
import { offerSchemas } from '#event-store/codec/offer.schemas';
import { requestSchemas } from '#event-store/codec/request.schemas';
import { retentionSchemas } from '#event-store/codec/retention.schemas';
import { roundSchemas } from '#event-store/codec/round.schemas';
import { metaSchema } from '#event-store/codec/schemas';
import type { EventSchemas } from '#event-store/codec/versions';
import { schemaFields, type SchemaField } from './schema-fields';

interface Chapter {
  readonly title: string;
  readonly streams: readonly string[];
  readonly events: EventSchemas;
}

const chapters: readonly Chapter[] = [
  { title: 'Network', streams: ['network-{networkId}'], events: networkSchemas },
  { title: 'Member', streams: ['member-{memberId}'], events: memberSchemas },
  { title: 'Offer', streams: ['offer-{offerId}'], events: offerSchemas },
  { title: 'Request', streams: ['request-{requestId}'], events: requestSchemas },
  { title: 'Matching round', streams: ['round-{roundId}'], events: roundSchemas },
  { title: 'Match', streams: ['match-{matchId}'], events: matchSchemas },
  { title: 'Exchange', streams: ['exchange-{exchangeId}'], events: exchangeSchemas },
  { title: 'Incident', streams: ['incident-{incidentId}'], events: incidentSchemas },
  { title: 'Ledgers', streams: ['audit-{networkId}-{yyyy-mm}', 'operations-{yyyy-mm}'], events: auditSchemas },
  { title: 'Retention', streams: ['retention-{networkId}'], events: retentionSchemas },
];

const PREFACE = `# Event catalogue

Generated from the schemas by \`npm run -s docs\`: do not edit.

A personal field is stored encrypted. The last column says whose key it lies under: the author's *member key*, or a key of that
author and this *stream* where another person's erasure, or retention, may end the text earlier (R19). Readers get a reference to
the text; after erasure it reads as \`erased\`. \`[]\` stands for each item of a list.
`;

const cell = (text: string): string => text.replaceAll('|', '\\|');
const keyOf = ({ personal }: SchemaField): string =>
  personal === undefined ? '' : `${personal.key} key of \`${personal.owner.slice(1)}\``;
const row = (field: SchemaField): string =>
  `| \`${field.path}\`${field.optional ? ' (optional)' : ''} | ${cell(field.type)} | ${keyOf(field)} |`;

const table = (fields: readonly SchemaField[]): string =>
  ['| Field | Type | Personal, under |', '|---|---|---|', ...fields.map(row)].join('\n');

const chapterText = ({ title, streams, events }: Chapter): string =>
  [
    `## ${title}\n\nStream${streams.length > 1 ? 's' : ''}: ${streams.map((name) => `\`${name}\``).join(', ')}`,
    ...Object.entries(events).map(
      ([type, { meaning, version, schema }]) => `### ${type}\n\nVersion ${version}. ${meaning}\n\n${table(schemaFields(schema))}`,
    ),
  ].join('\n\n');

const index = (): string =>
  chapters
    .map(
      ({ title, events }) =>
        `- ${title}: ${Object.keys(events)
          .map((type) => `[${type}](#${type.toLowerCase()})`)
          .join(', ')}`,
    )
    .join('\n');

/** The Markdown of `docs/event-catalogue.md`: every event with its fields, from the schemas that guard the log. */
export const eventCatalogue = (): string =>
  [
    PREFACE,
    `${index()}\n`,
    `## In every event\n\n${metaSchema.meaning}\n\n${table(schemaFields(metaSchema.schema))}\n`,
    ...chapters.map((chapter) => `${chapterText(chapter)}\n`),
  ].join('\n');
