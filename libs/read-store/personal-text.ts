import type { Pool, PoolClient } from 'pg';
import type { Codec, PersonalText } from '#event-store/codec.port';
import type { EventLog, StoredEvent } from '#event-store/log.port';
import type { StreamName } from '#kernel/id';
import { inTurn, type Consumer, type Entry, type Write } from './consumer';
import { scrubTexts, type Scrubbing } from './scrub';
import { controlTables, inTransaction, shapeOf, type ControlTables } from './schema';
import { wordsFrom, wireWords, WORDS_COLUMNS } from './text-words';
import { wireArray } from './wire-array';

export interface PersonalTextParts extends Scrubbing {
  readonly pool: Pool;
  readonly codec: Pick<Codec, 'personalTexts'>;
  readonly log: Pick<EventLog, 'readStream'>;
  readonly schema: string;
}

interface Erased {
  readonly network: string;
  readonly member: string;
}

interface Participation extends Erased {
  readonly stream: StreamName;
}

const NAME = 'personal-text';
/** How many events' texts are opened at once: each may ask for a key. */
const AT_ONCE = 64;

/**
 * The one table of clear texts, filled from the log like a read model (R19). On an erasure the member's texts go in the
 * transaction that moves the checkpoint; what else the erasure ended in their exchanges is found by asking the codec again.
 */
export const personalTextConsumer = (parts: PersonalTextParts): Consumer => {
  const tables = controlTables(parts.schema);
  const state = { pending: true, nextLook: 0 };
  const take = async (entries: readonly Entry[]): Promise<Write> => {
    const texts = await textsOf(entries, parts.codec);
    const erased = entries.flatMap(erasureIn);
    const participations = entries.flatMap(participationsIn);
    if (erased.length > 0) Object.assign(state, { pending: true, nextLook: 0 });
    return async (client) => {
      await insertTexts(client, tables, texts);
      await insertParticipations(client, tables, participations);
      for (const one of erased) await erase(client, tables, one);
    };
  };
  return {
    name: NAME,
    version: 1,
    build: 1,
    types: 'all',
    decoded: false,
    shape: shapeOf(NAME),
    prepare: async () => undefined,
    take,
    ahead: () => inTurn(take),
    caughtUp: async () => {
      if (!state.pending || performance.now() < state.nextLook) return;
      state.nextLook = performance.now() + LOOK_AGAIN_MS;
      await recheck(parts, tables);
      const scrubbed = await scrubTexts(parts.pool, tables, parts);
      const { rows } = await parts.pool.query(`select 1 from ${tables.textCheck} limit 1`);
      state.pending = !scrubbed || rows.length > 0;
    },
  };
};

const textsOf = async (entries: readonly Entry[], codec: Pick<Codec, 'personalTexts'>): Promise<readonly PersonalText[]> => {
  const texts: PersonalText[] = [];
  for (let from = 0; from < entries.length; from += AT_ONCE) {
    const some = await Promise.all(entries.slice(from, from + AT_ONCE).map(({ stored }) => codec.personalTexts(stored)));
    for (const one of some) texts.push(...one);
  }
  return texts;
};

const erasureIn = (entry: Entry): readonly Erased[] => {
  if (entry.stored.type !== 'PersonalDataErased') return [];
  const event = entry.event();
  return event.type === 'PersonalDataErased' ? [{ network: event.meta.network, member: event.data.memberId }] : [];
};

const participationsIn = (entry: Entry): readonly Participation[] => {
  if (entry.stored.type !== 'ExchangeAgreed') return [];
  const event = entry.event();
  if (event.type !== 'ExchangeAgreed') return [];
  return event.data.participants.map(({ memberId }) => ({ network: event.meta.network, member: memberId, stream: event.meta.stream }));
};

/** PostgreSQL's text knows no NUL. */
const storable = (text: string): string => text.replaceAll('\0', '\uFFFD');

const FIELDS = ['ref', 'event_id', 'path', 'network', 'owner', 'stream', 'type', 'text', 'recorded_at'] as const;

const insertTexts = async (client: PoolClient, { personalText }: ControlTables, texts: readonly PersonalText[]): Promise<void> => {
  if (texts.length === 0) return;
  const column = (of: (text: PersonalText) => string): string => wireArray(texts.map(of));
  await client.query(
    `insert into ${personalText} (${FIELDS.join(', ')}, ${WORDS_COLUMNS})
     select ${FIELDS.join(', ')}, ${wordsFrom('t')}
     from unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
       $10::text[], $11::text[], $12::text[], $13::text[]) as t (${FIELDS.join(', ')}, words, french, english, slips)
     on conflict (ref) do nothing`,
    [
      column(({ ref }) => ref),
      column(({ eventId }) => eventId),
      column(({ path }) => path),
      column(({ network }) => network),
      column(({ owner }) => owner),
      column(({ stream }) => stream),
      column(({ type }) => type),
      column(({ text }) => storable(text)),
      column(({ recordedAt }) => recordedAt),
      ...wireWords(texts),
    ],
  );
};

const insertParticipations = async (client: PoolClient, { participation }: ControlTables, all: readonly Participation[]): Promise<void> => {
  if (all.length === 0) return;
  await client.query(
    `insert into ${participation} (network, member, stream) select * from unnest($1::text[], $2::text[], $3::text[]) on conflict do nothing`,
    [all.map(({ network }) => network), all.map(({ member }) => member), all.map(({ stream }) => stream)],
  );
};

/** Marks the work that must follow the commit, so that a crash between the two leaves it to the next start. */
const erase = async (client: PoolClient, tables: ControlTables, { network, member }: Erased): Promise<void> => {
  await client.query(`delete from ${tables.personalText} where network = $1 and owner = $2`, [network, member]);
  await client.query(
    `insert into ${tables.textCheck} (stream) select stream from ${tables.participation} where network = $1 and member = $2
     on conflict (stream) do update set since = now()`,
    [network, member],
  );
  await client.query(`insert into ${tables.scrub} values (true) on conflict do nothing`);
};

/** A process may hold a destroyed key for 60 seconds: until well after, a stream's texts are asked for again. */
const SETTLED = '120 seconds';
const LOOK_AGAIN_MS = 15_000;

/** Others' comments in the erased member's exchanges: their keys are destroyed with the member's (R19). */
const recheck = async ({ pool, codec, log }: PersonalTextParts, tables: ControlTables): Promise<void> => {
  const { rows } = await pool.query<{ stream: StreamName; settled: boolean }>(
    `select stream, since < now() - interval '${SETTLED}' as settled from ${tables.textCheck}`,
  );
  for (const { stream, settled } of rows) {
    const kept = await refsRevealed(log.readStream(stream), codec);
    await inTransaction(pool, 'begin', async (client) => {
      const gone = await client.query(`delete from ${tables.personalText} where stream = $1 and ref <> all($2)`, [stream, kept]);
      if (gone.rowCount) await client.query(`insert into ${tables.scrub} values (true) on conflict do nothing`);
      if (settled)
        await client.query(`delete from ${tables.textCheck} where stream = $1 and since < now() - interval '${SETTLED}'`, [stream]);
    });
  }
};

const refsRevealed = async (events: AsyncIterable<StoredEvent>, codec: Pick<Codec, 'personalTexts'>): Promise<readonly string[]> => {
  const refs: string[] = [];
  for await (const event of events) for (const { ref } of await codec.personalTexts(event)) refs.push(ref);
  return refs;
};
