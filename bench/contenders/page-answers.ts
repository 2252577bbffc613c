import type { PersonRole } from '#apps/installation/access';
import { STAFF } from '#apps/demo/people';
import { headersOf, type Api } from '../runner/api-process';

/** What a page of the site asks for before it shows anything. */
interface Asked {
  readonly as: readonly [subject: string, role: PersonRole];
  readonly path: string;
  readonly body?: object;
}

/** A page lists so many at first. */
const PAGE = 'limit=50';
const HOURS = 'from=2024-12-01&to=2026-11-30';

const ofMember = (member: string) =>
  ({
    ownPage: { as: [member, 'member'], path: `/members/me?${PAGE}` },
    ownMatches: { as: [member, 'member'], path: `/match-queue?${PAGE}` },
    directory: { as: [member, 'member'], path: `/directory?${PAGE}` },
    mediators: { as: [member, 'member'], path: '/mediators' },
  }) satisfies Record<string, Asked>;

const ofStaff = {
  matchQueue: { as: STAFF.facilitator, path: `/match-queue?${PAGE}` },
  rounds: { as: STAFF.facilitator, path: `/rounds?${PAGE}` },
  cases: { as: STAFF.facilitator, path: `/cases?state=open&${PAGE}` },
  dormant: { as: STAFF.facilitator, path: `/members/dormant?${PAGE}` },
  memberByName: { as: STAFF.facilitator, path: `/members/search?limit=8`, body: { name: 'cam du' } },
  hoursByPerson: { as: STAFF.hr, path: `/training-hours?${HOURS}&${PAGE}` },
} satisfies Record<string, Asked>;

/** Computed from all rows of a network, and kept until they change. */
export const DASHBOARDS = {
  risk: { as: STAFF.lead, path: '/risk' },
  riskTrend: { as: STAFF.lead, path: '/risk/trend' },
  topicsInNeed: { as: STAFF.lead, path: '/risk/topics' },
  satisfaction: { as: STAFF.lead, path: '/satisfaction' },
  hoursByMonth: { as: STAFF.lead, path: `/training-hours/months?${HOURS}` },
} as const satisfies Record<string, Asked>;

export const answersFor = (member: string) => ({ ...ofMember(member), ...ofStaff }) as const satisfies Record<string, Asked>;

/** Milliseconds until the whole answer is here; what is computed longer than a request lasts is asked for again, as the site does. */
export const askFor = async ({ network, token }: Api, { as, path, body }: Asked): Promise<number> => {
  const method = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const headers = headersOf(await token(...as));
  const start = process.hrtime.bigint();
  for (;;) {
    const response = await fetch(`${network}${path}`, { ...method, headers });
    const text = await response.text();
    if (response.ok) return Number(process.hrtime.bigint() - start) / 1e6;
    if (!text.includes('under-way')) throw new Error(`${path} answered ${response.status}: ${text}`);
  }
};
