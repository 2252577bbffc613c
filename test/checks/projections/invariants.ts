import type { Client } from 'pg';
import { fromPosition } from '#event-store/position';
import type { Position } from '#event-store/log.port';
import type { AnyReadModel } from '#read-store/read-model';
import { controlTables, quotedTable } from '#read-store/tables/table-names';
import type { Finding as FindingOf } from '../runner/schedules';
import type { Actor } from './conductor';
import { byText, type Expected } from './expected';

export const COUNTS = ['lost', 'doubled', 'reordered', 'differences', 'ahead', 'wentBack', 'unfenced', 'stuck', 'unhandled'] as const;
export type Count = (typeof COUNTS)[number];

export type Finding = FindingOf<Count>;

/** One build of a read model, as anybody sees it at one moment. */
interface Seen {
  readonly name: string;
  readonly version: number;
  readonly position: Position;
  readonly state: string;
  readonly owner: string | null;
  /** Null where nobody looked at the table: only the row of the list was written. */
  readonly rows: readonly (readonly [string, string, readonly string[]])[] | null;
  readonly evidence: number;
  readonly parked: readonly (readonly [boolean, string, number, boolean])[] | null;
}

const LIST = 'p.name, p.version, p.position, p.state, p.lease_owner as owner';

const listSql = (models: readonly AnyReadModel[], schema: string): string =>
  `select ${LIST}, null as rows, 0 as evidence, null as parked from ${controlTables(schema).projection} p
   where (p.name, p.version) in (${models.map(({ projection: { name, version } }) => `('${name}', ${version})`).join(', ')})`;

const lookSql = (model: AnyReadModel, schema: string): string => {
  const { projection, evidence, parked } = controlTables(schema);
  const { name, version } = model.projection;
  return `select ${LIST},
    (select coalesce(json_agg(json_build_array(r.key, r.row, (
        select coalesce(json_agg(o.event_id order by o.ordinal), '[]')
        from ${evidence} e, unnest(e.ordinals, e.event_ids) as o (ordinal, event_id) where e.projection = p.id and e.key = r.key
      )) order by r.key), '[]') from ${quotedTable(model.projection, schema)} r) as rows,
    (select coalesce(sum(cardinality(e.event_ids)), 0)::integer from ${evidence} e where e.projection = p.id) as evidence,
    (select coalesce(json_agg(json_build_array(k.unknown, k.key, k.position::bigint, k.state = 'skipped')), '[]') from ${parked} k where k.projection = p.id) as parked
    from ${projection} p where p.name = '${name}' and p.version = ${version}`;
};

export interface InvariantParts {
  readonly client: Client;
  readonly schema: string;
  readonly expected: readonly Expected[];
  /** Workers that follow under leases. */
  readonly underLease: (actor: Actor) => boolean;
  readonly head: () => number;
  /** Looks at processes, after everything else. */
  readonly besides: () => Promise<void>;
}

const place = (position: Position): number => Number(fromPosition(position));

/** Looks after every commit: at each position the tables hold what the log up to there folds to, and no position goes back. */
export class Invariants {
  readonly findings: Finding[] = [];
  looks = 0;
  private readonly sql: { readonly all: string; readonly list: string };
  private readonly at = new Map<string, Seen>();
  private readonly owners = new Map<string, Actor>();
  /** Read the epochs since a lease last changed hands. */
  private readonly informed = new Set<Actor>();

  constructor(private readonly watched: InvariantParts) {
    const models = watched.expected.map(({ model }) => model);
    const all = models.map((model) => lookSql(model, watched.schema)).join(' union all ');
    this.sql = { all, list: listSql(models, watched.schema) };
  }

  find(count: Count, what: string): void {
    if (this.findings.length < MAX_SHOWN) this.findings.push({ count, what });
  }

  /** Whether every read model stands at the log's head. */
  get atHead(): boolean {
    return this.watched.expected.every(({ model }) => {
      const seen = this.at.get(model.projection.name);
      return seen !== undefined && place(seen.position) === this.watched.head();
    });
  }

  loaded(actor: Actor): void {
    this.informed.add(actor);
  }

  claims(actor: Actor, owner: string): void {
    this.owners.set(owner, actor);
  }

  async look(actor: Actor | null, at: 'all' | 'list' = 'all'): Promise<void> {
    this.looks += 1;
    const seen = await this.watched.client.query<Seen>({ name: `look at ${at} of ${this.watched.schema}`, text: this.sql[at] }).then(
      ({ rows }) => rows,
      (fault: unknown) => (isMissingTable(fault) ? [] : Promise.reject(fault)),
    );
    for (const one of seen) {
      this.judge(one, actor);
      this.at.set(one.name, one);
    }
    if (at === 'all') await this.watched.besides();
  }

  private judge(seen: Seen, actor: Actor | null): void {
    const expected = this.watched.expected.find(({ model }) => model.projection.name === seen.name)!;
    const before = this.at.get(seen.name);
    const [now, by] = [place(seen.position), actor === null ? 'at the end' : `after ${actor.name}`];
    if (now > this.watched.head()) this.find('ahead', `${seen.name} stands at ${now} of ${this.watched.head()}, ${by}`);
    if (before !== undefined && now < place(before.position))
      this.find('wentBack', `${seen.name} went back from ${place(before.position)} to ${now}, ${by}`);
    if (before !== undefined && before.owner !== seen.owner) this.informed.clear();
    if (before !== undefined && now !== place(before.position)) this.fenced(seen, before.owner, actor);
    if (seen.rows === null || seen.parked === null) return;
    expected.advance(now);
    const [has, lacks] = [JSON.stringify(seen.rows), JSON.stringify([...seen.parked].sort(byText))];
    if (expected.rows !== has) this.find('differences', `${seen.name} at ${now}, ${by}, holds ${has} and not ${expected.rows}`);
    if (expected.parked !== lacks)
      this.find('differences', `${seen.name} at ${now}, ${by}, has parked ${lacks} and not ${expected.parked}`);
    const evidence = seen.rows.reduce((sum, [, , ids]) => sum + ids.length, 0);
    if (evidence !== seen.evidence) this.find('differences', `${seen.name} at ${now}, ${by}, has evidence of rows that are not there`);
  }

  /** Whose lease another has taken over writes nothing any more, until it has read the list again. */
  private fenced({ name, owner }: Seen, before: string | null, actor: Actor | null): void {
    if (actor === null || owner === null || !this.watched.underLease(actor)) return;
    const holder = this.owners.get(owner);
    // Whose claim waited behind the very transaction that moved it may be seen together with the move.
    if (holder === undefined || holder === actor || (before !== null && this.owners.get(before) === actor)) return;
    if (!this.informed.has(actor)) this.find('unfenced', `${name} was moved by ${actor.name} under the lease of ${holder.name}`);
  }
}

const MAX_SHOWN = 5;

const isMissingTable = (fault: unknown): boolean =>
  fault instanceof Error && 'code' in fault && (fault.code === '42P01' || fault.code === '3F000');
