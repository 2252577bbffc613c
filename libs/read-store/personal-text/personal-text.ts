import type { PoolClient } from 'pg';
import type { Codec, PersonalText } from '#event-store/codec.port';
import { inTurn, type Consumer, type Entry, type PendingWrite } from '../checkpoints/consumer';
import { controlTables, shapeOf, type ControlTables } from '../tables/table-names';
import { wordsFrom, wireWords, WORDS_COLUMNS } from '../tables/text-words';
import { arrayLiteral } from '../tables/array-literal';

export interface PersonalTextParts {
  readonly codec: Pick<Codec, 'personalTexts'>;
  readonly schema: string;
}

export const PERSONAL_TEXT = 'personal-text';
/** How many events' texts are opened at once: each may ask for a key. */
const MAX_CONCURRENCY = 64;

/**
 * The one table of clear texts, filled from the log like a read model (R19). It only ever fills: an erasure empties it, see
 * `postgres-clear-texts`, and a text whose key is destroyed does not come again.
 */
export const personalTextConsumer = ({ codec, schema }: PersonalTextParts): Consumer => {
  const tables = controlTables(schema);
  const take = async (entries: readonly Entry[]): Promise<PendingWrite> => {
    const texts = await textsOf(entries, codec);
    return (client) => insertTexts(client, tables, texts);
  };
  return {
    name: PERSONAL_TEXT,
    version: 1,
    build: 1,
    types: 'all',
    decoded: false,
    shape: shapeOf(PERSONAL_TEXT),
    prepare: async () => undefined,
    take,
    ahead: () => inTurn(take),
  };
};

const textsOf = async (entries: readonly Entry[], codec: Pick<Codec, 'personalTexts'>): Promise<readonly PersonalText[]> => {
  const texts: PersonalText[] = [];
  for (let from = 0; from < entries.length; from += MAX_CONCURRENCY) {
    const some = await Promise.all(entries.slice(from, from + MAX_CONCURRENCY).map(({ stored }) => codec.personalTexts(stored)));
    for (const one of some) texts.push(...one);
  }
  return texts;
};

/** PostgreSQL's text knows no NUL. */
const storable = (text: string): string => text.replaceAll('\0', '\uFFFD');

const FIELDS = ['ref', 'event_id', 'path', 'network', 'owner', 'stream', 'type', 'text', 'recorded_at'] as const;

const insertTexts = async (client: PoolClient, { personalText }: ControlTables, texts: readonly PersonalText[]): Promise<void> => {
  if (texts.length === 0) return;
  const column = (of: (text: PersonalText) => string): string => arrayLiteral(texts.map(of));
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
