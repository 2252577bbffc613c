import { join } from 'node:path';
import ts from 'typescript';
import type { Page } from 'playwright-core';
import { webRoutes } from '#test/docs/pages/web-routes';
import { ask } from './play';
import type { SiteUnderTest } from './site-under-test';

/** What stands for `$matchId` and the like, found by whoever is signed in. */
type Ids = (page: Page) => Promise<Readonly<Record<string, string>>>;

export interface PageVisit {
  /** On the development provider's page; null for nobody. */
  readonly as: RegExp | string | null;
  readonly ids?: Ids;
  readonly search?: string;
}

const root = join(__dirname, '../..');
const ROUTER = join(root, 'apps/web/src/router.tsx');

/** Every address that the site's router has. */
export const everyAddress = (): readonly string[] => {
  const program = ts.createProgram([ROUTER], { noResolve: true, noLib: true, jsx: ts.JsxEmit.Preserve });
  return webRoutes(root, program).map(({ address }) => address);
};

interface Meeting {
  readonly kind: 'match' | 'exchange';
  readonly id: string;
  readonly status: string;
  readonly participants: readonly { readonly memberId: string | null }[];
}

interface OwnPage {
  readonly subject: string;
  readonly entries: readonly { readonly id: string; readonly status: string }[];
  readonly meetings: readonly Meeting[];
}

const MEMBERS_TRIED = 20;

/** Members of the demo, each with what they have; who has most comes first, so that few need to sign in. */
const ownPages = async (site: SiteUnderTest): Promise<readonly OwnPage[]> => {
  const pages = await Promise.all(
    Array.from({ length: MEMBERS_TRIED }, async (_, number) => {
      const subject = `demo-${number}`;
      const { body } = await (await site.person(subject)).get('members/me?limit=100');
      const { member, entries = [], meetings = [] } = body as Partial<OwnPage> & { readonly member?: { readonly memberId: string } | null };
      const takesPart = ({ participants }: Meeting): boolean => participants.some(({ memberId }) => memberId === member?.memberId);
      return { subject, entries, meetings: meetings.filter(takesPart) };
    }),
  );
  return pages.sort((a, b) => b.meetings.length - a.meetings.length);
};

const first = <Found>(found: readonly Found[], what: string): Found => {
  if (found.length === 0) throw new Error(`the demo has no ${what}`);
  return found[0]!;
};

type Items = { readonly items: readonly { readonly id: string; readonly why: string }[] };
const cases: Ids = async (page) => {
  const found = await ask<{ cases: { id: string }[] }>(page, 'GET', '/cases?limit=1');
  return { caseId: first(found.cases, 'case').id };
};
const rounds: Ids = async (page) => {
  const found = await ask<{ rounds: { roundId: string }[] }>(page, 'GET', '/rounds?limit=1');
  return { roundId: first(found.rounds, 'round').roundId };
};
const mediated: Ids = async (page) => {
  const { items } = await ask<Items>(page, 'GET', '/match-queue?limit=200');
  return { matchId: first(items, 'match that waits for a mediator').id };
};

const FACILITATOR = 'demo-facilitator';
const LEAD = 'demo-lead';
const OPERATOR = 'demo-operator';
const AUDITOR = 'demo-auditor';
const OFFICER = 'demo-protection';
const MEDIATOR = /médiation|mediator/;

/** Each address below a network: who opens it, and on what. */
export const pageVisits = async (site: SiteUnderTest): Promise<Readonly<Record<string, PageVisit>>> => {
  const members = await ownPages(site);
  const member = first(
    members.filter(({ entries, meetings }) => entries.length > 0 && meetings.length > 0),
    'member with entries and meetings',
  );
  const withMeeting = (kind: Meeting['kind'], param: string, ...statuses: readonly string[]): PageVisit => {
    const found = statuses.flatMap((status) =>
      members.flatMap(({ subject, meetings }) =>
        meetings.filter((one) => one.kind === kind && one.status === status).map(({ id }) => ({ subject, id })),
      ),
    );
    const { subject, id } = first(found, `${kind} that is ${statuses.join(' or ')}`);
    return { as: subject, ids: () => Promise.resolve({ [param]: id }) };
  };
  const below: Readonly<Record<string, PageVisit>> = {
    '': { as: member.subject },
    '/join': { as: 'somebody-new' },
    '/directory': { as: member.subject },
    '/publish/$kind': { as: member.subject, ids: () => Promise.resolve({ kind: 'offer' }) },
    '/matches/$matchId': withMeeting('match', 'matchId', 'accepted', 'connected', 'proposed', 'agreed'),
    '/entries/$entryId': { as: member.subject, ids: () => Promise.resolve({ entryId: member.entries[0]!.id }) },
    '/exchanges/$exchangeId': withMeeting('exchange', 'exchangeId', 'in-progress', 'agreed', 'held'),
    '/exchanges/$exchangeId/evaluation': withMeeting('exchange', 'exchangeId', 'held', 'closed'),
    '/exchanges/$exchangeId/follow-up': withMeeting('exchange', 'exchangeId', 'closed', 'held'),
    '/hours': { as: member.subject },
    '/account': { as: member.subject },
    '/incident': { as: member.subject },
    '/about': { as: member.subject },
    '/mediation': { as: MEDIATOR },
    '/mediation/$matchId': { as: MEDIATOR, ids: mediated },
    '/facilitation': { as: FACILITATOR },
    '/facilitation/rounds': { as: FACILITATOR },
    '/facilitation/rounds/$roundId': { as: FACILITATOR, ids: rounds },
    '/facilitation/rounds/scarcity': { as: FACILITATOR },
    '/facilitation/propose': { as: FACILITATOR },
    '/facilitation/drafts': { as: FACILITATOR },
    '/facilitation/cases': { as: FACILITATOR },
    '/facilitation/cases/$caseId': { as: LEAD, ids: cases },
    '/facilitation/pairs': { as: FACILITATOR },
    '/facilitation/dormant': { as: FACILITATOR },
    '/facilitation/fair': { as: FACILITATOR },
    '/facilitation/import': { as: FACILITATOR },
    '/network': { as: LEAD },
    '/network/charter': { as: LEAD },
    '/network/mediators': { as: LEAD },
    '/training-hours': { as: 'demo-hr' },
    '/dashboards': { as: LEAD },
    '/dashboards/risk/$indicator': { as: LEAD, ids: () => Promise.resolve({ indicator: 'participationRatio' }) },
    '/dashboards/flow': { as: LEAD },
    '/dashboards/topics': { as: LEAD },
    '/dashboards/satisfaction': { as: LEAD },
    '/dashboards/satisfaction/$indicator': { as: LEAD, ids: () => Promise.resolve({ indicator: 'satisfaction' }) },
    '/dashboards/hours': { as: LEAD },
    '/operations': { as: OPERATOR },
    '/operations/acts': { as: OPERATOR },
    '/operations/$name': { as: OPERATOR, ids: () => Promise.resolve({ name: 'directory' }) },
    '/audit': { as: AUDITOR },
    '/audit/figures': { as: AUDITOR },
    '/audit/event': { as: AUDITOR },
    '/audit/identity': { as: AUDITOR },
    '/audit/proofs': { as: AUDITOR },
    '/data-protection': { as: OFFICER },
    '/data-protection/access': { as: OFFICER },
    '/data-protection/identity': { as: OFFICER },
    '/data-protection/retention': { as: OFFICER },
  };
  return {
    '/': { as: null },
    '/sign-in-failed': { as: null, search: '?reason=provider-away' },
    ...Object.fromEntries(Object.entries(below).map(([path, visit]) => [`/n/$networkId${path}`, visit])),
  };
};

/** All is read, drawn, and still so a moment later. */
const SETTLED = `new Promise((resolve) => {
  let calm = 0;
  const look = () => {
    const ready = document.querySelector('h1') && !document.querySelector('.waiting') &&
      [...document.querySelectorAll('.chart')].every((chart) => chart.querySelector('svg'));
    calm = ready ? calm + 1 : 0;
    if (calm > 3) resolve(true);
    else setTimeout(look, 50);
  };
  look();
})`;

/** Texts that no person wrote: a key, a hole, a value that is none. Names of read models and codes stand in elements of their own. */
const UNWRITTEN = `(() => {
  const found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const text = walk.currentNode.textContent.trim();
    if (walk.currentNode.parentElement.closest('script, style, code, .id, a[href*="/operations/"]')) continue;
    if (/\\{\\{|\\b(undefined|NaN|Invalid Date)\\b|\\[object |^null$/.test(text) || /^[a-z]+([:.-][a-z]+)+$/i.test(text) && text === text.toLowerCase()) found.push('unwritten: ' + text);
  }
  return found;
})()`;

export const settled = async (page: Page): Promise<void> => void (await page.evaluate(SETTLED));

/** What is wrong with the page as it stands, beside what axe finds. */
export const faultsOf = async (page: Page, language: string): Promise<readonly string[]> => {
  const [wider, spoken] = await page.evaluate<[number, string]>(
    '[document.documentElement.scrollWidth - innerWidth, document.documentElement.lang]',
  );
  return [
    ...(wider > 0 ? [`wider than the window by ${wider} pixels`] : []),
    ...(spoken === language ? [] : [`in ${spoken}`]),
    ...(await page.evaluate<string[]>(UNWRITTEN)),
  ];
};
