import { sql, type Transaction } from 'kysely';
import type { Instant } from '#kernel/id';
import { addDays } from '#domain/calendar';
import type { NetworkFacts } from '#domain/command';
import type { MemberId, OfferId, RequestId } from '#domain/ids';
import type { Topic } from '#domain/vocabulary';
import type { ReadDatabase, ReadStore } from '#read-store/read-store.port';
import { controlTables } from '#read-store/tables/table-names';
import type { PoolEntry } from './entry.fold';
import { matchingPoolModel } from './matching-pool.table';
import type { PoolMember } from './member.fold';
import type { PairRow } from './pair.fold';

/** A network's rows, read in one snapshot. */
export interface Pool {
  /** The last event that they contain, at present; null on an empty log. */
  readonly readUpTo: string | null;
  readonly entries: readonly Keyed[];
  readonly members: readonly PoolMember[];
  readonly pairs: readonly PairRow[];
  /** Open entries whose words alone tell their topic, and whose words nobody can read. */
  readonly unreadable: number;
}

/** What a round reads: structurally the matcher's inputs, which this folder need not know. */
export interface PoolInputs {
  readonly asOf: Instant;
  readonly offers: readonly (Described & { readonly offerId: OfferId; readonly smallestGroup: number; readonly largestGroup: number })[];
  readonly requests: readonly (Described & { readonly requestId: RequestId; readonly openSince: Instant })[];
  readonly givers: readonly { readonly memberId: MemberId; readonly openEngagements: number; readonly capacity: number }[];
  readonly pairs: readonly {
    readonly members: readonly [MemberId, MemberId];
    readonly restUntil: Instant | null;
    readonly metBefore: boolean;
  }[];
  readonly forbiddenPairs: readonly (readonly [MemberId, MemberId])[];
  readonly unavailable: readonly MemberId[];
}

type Described = Pick<PoolEntry, 'memberId' | 'topicUri' | 'level' | 'language' | 'place' | 'site' | 'availability'> & {
  readonly topicKey: string;
  readonly firm?: PoolEntry['firm'];
};
/** `words`: of a topic without URI, in clear. */
type Keyed = { readonly entry: PoolEntry; readonly topicKey: string; readonly words: string | null };

const { folded, personalText, projection } = controlTables();

/** A topic without URI is known by its folded words, hashed: two wordings that differ in case and accents only are one topic. */
const entriesOf = async (
  tx: Transaction<ReadDatabase>,
  table: string,
  networkId: string,
): Promise<Pick<Pool, 'entries' | 'unreadable'>> => {
  const { rows } = await sql<{ row: string; words: string | null; key: string | null }>`
    select p.row, t.text as words, encode(sha256(convert_to(${sql.raw(folded)}(t.text), 'UTF8')), 'hex') as key
    from ${sql.table(table)} p left join ${sql.raw(personalText)} t on t.ref = p.topic_ref
    where p.network_id = ${networkId} and p.kind in ('offer', 'request') and p.in_round order by p.key`.execute(tx);
  const entries = rows.flatMap(({ row, words, key }) => {
    const entry = JSON.parse(row) as PoolEntry;
    const topicKey = entry.topicUri ?? (key === null ? null : `words:${key}`);
    return topicKey === null ? [] : [{ entry, topicKey, words: entry.topicUri === null ? words : null }];
  });
  return { entries, unreadable: rows.length - entries.length };
};

const rowsOf = async <Row>(
  tx: Transaction<ReadDatabase>,
  table: string,
  { networkId, kind }: { networkId: string; kind: string },
): Promise<readonly Row[]> => {
  const { rows } = await sql<{
    row: string;
  }>`select row from ${sql.table(table)} where network_id = ${networkId} and kind = ${kind} order by key`.execute(tx);
  return rows.map(({ row }) => JSON.parse(row) as Row);
};

const lastRead = async (tx: Transaction<ReadDatabase>): Promise<string | null> => {
  const { rows } = await sql<{ event_id: string | null }>`
    select event_id::text from ${sql.raw(projection)} where name = ${matchingPoolModel.projection.name} and state = 'active'`.execute(tx);
  return rows[0]?.event_id ?? null;
};

const described = ({ entry, topicKey }: Keyed): Described => {
  const { memberId, topicUri, level, language, place, site, availability, firm } = entry;
  // left out where there is nothing, so that inputs from before hash as they did (R18)
  return { memberId, topicUri, topicKey, level, language, place, site, availability, ...(firm.length > 0 ? { firm } : {}) };
};

const restUntil = ({ lastEndedAt }: PairRow, restDays: number): Instant => addDays(lastEndedAt, restDays);

/** A network's offers, requests and people, of the present or of a past place. */
export const readPool = async (store: ReadStore, networkId: string): Promise<Pool> => {
  const { result } = await store.read([matchingPoolModel], async (tx, tableOf) => {
    const table = tableOf(matchingPoolModel);
    return {
      readUpTo: await lastRead(tx),
      ...(await entriesOf(tx, table, networkId)),
      members: await rowsOf<PoolMember>(tx, table, { networkId, kind: 'member' }),
      pairs: await rowsOf<PairRow>(tx, table, { networkId, kind: 'pair' }),
    };
  });
  return result;
};

/** Waiting and rest are judged as of `asOf`, by this policy. */
export const inputsOf = (
  { entries, members, pairs }: Pool,
  { policy, forbiddenPairs }: Pick<NetworkFacts, 'policy' | 'forbiddenPairs'>,
  asOf: Instant,
): PoolInputs => ({
  asOf,
  offers: entries.flatMap((one) => {
    const { kind, id, smallestGroup, largestGroup } = one.entry;
    return kind === 'offer' ? [{ ...described(one), offerId: id as OfferId, smallestGroup, largestGroup }] : [];
  }),
  requests: entries.flatMap((one) => {
    const { kind, id, openSince } = one.entry;
    return kind === 'request' ? [{ ...described(one), requestId: id as RequestId, openSince }] : [];
  }),
  givers: members.map(({ memberId, giving, capacity }) => ({ memberId, openEngagements: giving.length, capacity })),
  pairs: pairs.map((pair) => ({ members: pair.pair, restUntil: restUntil(pair, policy.pairRestDays), metBefore: pair.metBefore })),
  forbiddenPairs,
  unavailable: members.filter(({ unavailable }) => unavailable !== null).map(({ memberId }) => memberId),
});

/** Whether two have been in one held exchange (R9). */
export const metBefore = async (store: ReadStore, networkId: string, pair: readonly [string, string]): Promise<boolean> => {
  const key = `pair/${[...pair].sort().join('/')}`;
  const { result } = await store.read([matchingPoolModel], async (tx, tableOf) =>
    sql<{
      row: string;
    }>`select row from ${sql.table(tableOf(matchingPoolModel))} where key = ${key} and network_id = ${networkId}`.execute(tx),
  );
  const row = result.rows[0];
  return row ? (JSON.parse(row.row) as PairRow).metBefore : false;
};

interface Sides {
  readonly networkId: string;
  readonly givers: readonly string[];
  readonly learners: readonly string[];
}

/** R16: when it was recorded, last, that a match or an exchange of one of these givers with one of these learners ended; null where none did. */
export const lastTogether = async (store: ReadStore, { networkId, givers, learners }: Sides): Promise<Instant | null> => {
  const keys = givers.flatMap((giver) => learners.map((learner) => `pair/${[giver, learner].sort().join('/')}`));
  const { result } = await store.read([matchingPoolModel], async (tx, tableOf) =>
    sql<{
      row: string;
    }>`select row from ${sql.table(tableOf(matchingPoolModel))} where key = any(${keys}::text[]) and network_id = ${networkId}`.execute(tx),
  );
  return (
    result.rows
      .map(({ row }) => (JSON.parse(row) as PairRow).lastEndedAt)
      .sort()
      .at(-1) ?? null
  );
};

/** A topic, its key as a round distinguishes it, and where words alone tell it, these: structurally what tells how near topics are. */
export interface KeyedTopic {
  readonly key: string;
  readonly uri: string | null;
  readonly text: string | null;
}

/** The topics of a network's open entries. */
export const topicsIn = ({ entries }: Pool): readonly KeyedTopic[] =>
  entries.map(({ entry, topicKey, words }) => ({ key: topicKey, uri: entry.topicUri, text: words }));

/** By URI, else by folded words, hashed; null for words that are not known (any more). */
export const keyedTopics = async (store: ReadStore, topics: readonly Topic[]): Promise<readonly (KeyedTopic | null)[]> => {
  const refs = topics.map(({ text }) => (typeof text === 'string' ? null : text.ref));
  const given = topics.map(({ text }) => (typeof text === 'string' ? text : null));
  const { rows } = await sql<{ text: string | null; key: string | null }>`
    select coalesce(t.text, q.given) as text, encode(sha256(convert_to(${sql.raw(folded)}(coalesce(t.text, q.given)), 'UTF8')), 'hex') as key
    from unnest(${refs}::text[], ${given}::text[]) with ordinality q(ref, given, place) left join ${sql.raw(personalText)} t on t.ref = q.ref
    order by q.place`.execute(store.db);
  return topics.map(({ uri }, index) => {
    const { text = null, key = null } = rows[index] ?? {};
    if (uri !== null) return { key: uri, uri, text: null };
    return key === null ? null : { key: `words:${key}`, uri: null, text };
  });
};
