import type { Instant } from '#kernel/id';
import { addMonths } from '#domain/calendar';
import { defaultPolicy } from '#domain/network/policy';
import type { Dated, Fact, FactsByKind, RiskPolicy } from '../risk.facts';
import type { ActivityRow, FactsRow, RiskRow } from '../risk.projection';
import { type EntryAt, entryAt } from './entry';
import { type ExchangeAt, exchangeAt } from './exchange';
import { type MemberAt, memberAt } from './member';

/** Twelve months rolling: after `after`, up to `to` included. */
export interface Period {
  readonly after: Instant;
  readonly to: Instant;
}

export const isIn = ({ after, to }: Period, at: Instant): boolean => after < at && at <= to;

export interface MatchAt {
  readonly id: string;
  readonly facts: readonly FactsByKind['match'][];
}

export interface IncidentAt {
  readonly reported: Fact<'incident', 'IncidentReported'>;
  readonly resolved: Fact<'incident', 'IncidentResolved'> | null;
}

export type HeldExchange = ExchangeAt & { readonly held: NonNullable<ExchangeAt['held']> };

/** A network as of D: what was recorded by D, folded by aggregate. Every indicator is a function of it. */
export interface RiskView {
  readonly asOf: Instant;
  readonly year: Period;
  readonly yearBefore: Period;
  /** In force at D. */
  readonly policy: RiskPolicy;
  /** The event that tells it. */
  readonly policyTold: readonly Dated[];
  readonly members: ReadonlyMap<string, MemberAt>;
  /** Enrolled at D, grace and pause included. */
  readonly population: readonly MemberAt[];
  readonly offers: readonly EntryAt[];
  readonly requests: ReadonlyMap<string, EntryAt>;
  readonly matches: readonly MatchAt[];
  readonly exchanges: readonly ExchangeAt[];
  /** Of all time. */
  readonly held: readonly HeldExchange[];
  /** E: held exchanges of the year. */
  readonly heldInYear: readonly HeldExchange[];
  readonly incidents: readonly IncidentAt[];
  readonly mediators: ReadonlySet<string>;
  /** Who was named mediator, and removed. */
  readonly mediatorsTold: readonly Dated[];
  readonly activity: ReadonlyMap<string, ActivityRow>;
}

type NetworkFact = FactsByKind['network'];

type PolicyFact = Fact<'network', 'NetworkOpened' | 'PolicyChanged'>;
const policyIn = (facts: readonly NetworkFact[]): PolicyFact | undefined =>
  facts.findLast((fact): fact is PolicyFact => fact.is === 'NetworkOpened' || fact.is === 'PolicyChanged');

const mediatorsOf = (facts: readonly NetworkFact[]): ReadonlySet<string> => {
  const mediators = new Set<string>();
  for (const fact of facts) {
    if (fact.is === 'MediatorNamed') mediators.add(fact.memberId);
    if (fact.is === 'MediatorRemoved') mediators.delete(fact.memberId);
  }
  return mediators;
};

const incidentAt = (facts: readonly FactsByKind['incident'][]): readonly IncidentAt[] => {
  const reported = facts.find((fact) => fact.is === 'IncidentReported');
  const resolved = facts.find((fact) => fact.is === 'IncidentResolved') ?? null;
  return reported === undefined ? [] : [{ reported, resolved }];
};

const recordedBy = <F extends Dated>(facts: readonly F[], asOf: Instant): readonly F[] => facts.filter(({ rec }) => rec <= asOf);

type RowOf<K extends RiskRow['kind']> = Extract<RiskRow, { kind: K }>;
const rowsOf = <K extends RiskRow['kind']>(rows: readonly RiskRow[], kind: K): readonly RowOf<K>[] =>
  rows.filter((row): row is RowOf<K> => row.kind === kind);

const isHeld = (exchange: ExchangeAt): exchange is HeldExchange => exchange.held !== null;

const exchangesAt = (rows: readonly FactsRow<'exchange'>[], asOf: Instant): readonly ExchangeAt[] =>
  rows.map(({ id, facts }) => exchangeAt(id, recordedBy(facts, asOf))).filter(({ facts }) => facts.length > 0);

const DEFAULT_TIME_ZONE = 'Europe/Paris';

const openedIn = (rows: readonly RiskRow[]): Fact<'network', 'NetworkOpened'> | undefined =>
  rowsOf(rows, 'network')
    .flatMap(({ facts }) => facts)
    .find((fact) => fact.is === 'NetworkOpened');

export const timeZoneOf = (rows: readonly RiskRow[]): string => openedIn(rows)?.timeZone ?? DEFAULT_TIME_ZONE;

export const openedAtOf = (rows: readonly RiskRow[]): Instant | null => openedIn(rows)?.rec ?? null;

/** "As of D" means recorded by D; what happened belongs to T by occurredAt (§5). */
export const viewOf = (rows: readonly RiskRow[], asOf: Instant): RiskView => {
  const networkFacts = rowsOf(rows, 'network').flatMap(({ facts }) => recordedBy(facts, asOf));
  const policyTold = policyIn(networkFacts);
  const members = rowsOf(rows, 'member').map(({ id, facts }) => memberAt(id, recordedBy(facts, asOf)));
  const entries = (kind: 'offer' | 'request'): readonly EntryAt[] =>
    rowsOf(rows, kind).map(({ id, facts }) => entryAt(id, recordedBy<FactsByKind['offer'] | FactsByKind['request']>(facts, asOf)));
  const exchanges = exchangesAt(rowsOf(rows, 'exchange'), asOf);
  const held = exchanges.filter(isHeld);
  const year = { after: addMonths(asOf, -12), to: asOf };
  return {
    asOf,
    year,
    yearBefore: { after: addMonths(asOf, -24), to: year.after },
    policy: policyTold?.policy ?? defaultPolicy,
    policyTold: policyTold === undefined ? [] : [policyTold],
    members: new Map(members.map((member) => [member.id, member])),
    population: members.filter(({ inPopulation }) => inPopulation),
    offers: entries('offer').filter(({ first }) => first !== null),
    requests: new Map(entries('request').map((request) => [request.id, request])),
    matches: rowsOf(rows, 'match').map(({ id, facts }) => ({ id, facts: recordedBy(facts, asOf) })),
    exchanges,
    held,
    heldInYear: held.filter((exchange) => isIn(year, exchange.held.at)),
    incidents: rowsOf(rows, 'incident').flatMap(({ facts }) => incidentAt(recordedBy(facts, asOf))),
    mediators: mediatorsOf(networkFacts),
    mediatorsTold: networkFacts.filter(({ is }) => is === 'MediatorNamed' || is === 'MediatorRemoved'),
    activity: new Map(rowsOf(rows, 'activity').map((row) => [row.id, row])),
  };
};
