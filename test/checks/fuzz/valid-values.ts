import type { SeededRandom } from '#apps/demo/seeded-random';
import { resolved, type Document, type Schema } from './grammar';
import type { Json } from './hostile-values';
import type { Ids, PlayedNetwork } from './played-network';

/** What valid values are made from. */
export interface ValueSource {
  readonly document: Document;
  readonly played: PlayedNetwork;
  /** What stands near the thing that the address names. */
  readonly near: Ids;
  readonly chance: SeededRandom;
  /** The moment, in milliseconds. */
  readonly now: number;
}

const DAY = 86_400_000;
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  one: ['memberId'],
  other: ['memberId'],
  mediatorId: ['memberId'],
  by: ['memberId'],
  offerIds: ['offerId'],
  requestIds: ['requestId'],
  caseId: ['incidentId', 'disputeId', 'contestId', 'offerId'],
};

/** An id that exists, mostly one that stands near; else one that nobody has. */
export const anId = (name: string, { played, near, chance }: Omit<ValueSource, 'document' | 'now'>): string => {
  const called = chance.of(ALIASES[name] ?? [name]);
  const ids = (chance.yes(0.8) ? near.get(called) : undefined) ?? played.ids.get(called);
  if (ids && ids.length > 0 && chance.yes(0.95)) return chance.of(ids);
  return chance.yes(0.5) ? chance.of(played.ids.get('eventId') ?? ['']) : '5d4e2f60-9a3c-4b7e-8f21-0c6d1e2f3a4b';
};

/** Minutes and days around now, as people give them; some far, but within bounds. */
const instant = ({ chance, now }: ValueSource): string => {
  const days = chance.weighed([
    [4, chance.whole(-2, 2)],
    [4, chance.whole(1, 60)],
    [3, chance.whole(-60, -1)],
    [1, chance.whole(-400, 700)],
  ]);
  return new Date(now + days * DAY + chance.whole(-300, 300) * 60_000).toISOString();
};

const day = (source: ValueSource): string => instant(source).slice(0, 10);

/** Texts by the name of the field; any that its pattern does not take is left out. */
const words = (name: string, source: ValueSource): readonly string[] => {
  const { chance, played } = source;
  const known: Readonly<Record<string, () => readonly string[]>> = {
    uri: () => played.topics,
    topicUri: () => played.topics,
    site: () => ['LYO', 'PAR', 'LIL'],
    unit: () => ['TRI', 'DSI'],
    languages: () => ['fr', 'en'],
    timeZone: () => ['Europe/Paris', 'America/Sao_Paulo', 'UTC'],
    defaultLanguage: () => ['fr', 'en'],
    after: () => played.tokens,
    asOf: () => [instant(source), chance.of(played.tokens)],
    from: () => [day(source), day(source).slice(0, 7)],
    to: () => [day(source), day(source).slice(0, 7)],
    year: () => [String(new Date(source.now).getUTCFullYear())],
    by: () => ['network', 'site', 'unit', 'topic', 'role'],
    cell: () => ['site:LYO', 'network', 'role:learner', 'unit:TRI'],
    cursor: () => [chance.of(played.ids.get('offerId') ?? ['1']), chance.of(played.tokens), '1', 'a/b:1'],
    prefix: () => ['', chance.of(played.ids.get('matchId') ?? ['0'])],
    key: () => [anId(chance.of(['offerId', 'memberId', 'exchangeId']), source)],
    text: () => ['tableaux', 'soudure', 'Excel -SAP', 'de la', 'C++'],
  };
  return [
    ...(known[name]?.() ?? []),
    `Texte ${chance.whole(1, 9_999)}`,
    'LYO',
    'directory',
    'fr',
    day(source),
    played.tokens[0] ?? '',
    '1',
  ];
};

const text = (name: string, schema: Schema, source: ValueSource): string => {
  const { pattern, format, minLength = 0, maxLength = 4_000 } = schema;
  if (format === 'uuid') return anId(name, source);
  if (format === 'date-time') return instant(source);
  if (format === 'email') return `personne-${source.chance.whole(1, 999)}@example.org`;
  const taken = pattern === undefined ? null : new RegExp(pattern, 'u');
  const fitting = words(name, source).filter((word) => word.length >= minLength && word.length <= maxLength && taken?.test(word) !== false);
  return source.chance.yes(0.8) ? (fitting[0] ?? 'a') : fitting.length > 0 ? source.chance.of(fitting) : 'a';
};

const whole = ({ minimum = 0, maximum = 1_000 }: Schema, chance: SeededRandom): number =>
  chance.yes(0.15) ? chance.of([minimum, maximum]) : chance.whole(minimum, Math.min(maximum, minimum + 6));

const MOST_ITEMS = 3;

const list = (name: string, { items = {}, minItems = 0, maxItems = MOST_ITEMS }: Schema, source: ValueSource): readonly Json[] => {
  const length = source.chance.whole(
    Math.max(minItems, source.chance.yes(0.8) ? 1 : 0),
    Math.max(minItems, Math.min(maxItems, MOST_ITEMS)),
  );
  return Array.from({ length }, () => validValue(name, items, source));
};

const record = ({ properties = {}, required = [], additionalProperties }: Schema, source: ValueSource): Json => {
  const fields = Object.entries(properties).filter(([name]) => required.includes(name) || source.chance.yes(0.5));
  const others = typeof additionalProperties === 'object' ? { LYO: validValue('', additionalProperties, source) } : {};
  return { ...others, ...Object.fromEntries(fields.map(([name, inner]) => [name, validValue(name, inner, source)])) };
};

/** A value that the schema takes, of things that exist: what a person could well send. */
export const validValue = (name: string, given: Schema, source: ValueSource): Json => {
  const { chance, document } = source;
  const schema = resolved(given, document);
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) return validValue(name, chance.of(choices), source);
  // An enumeration's values are JSON.
  if (schema.enum) return chance.of(schema.enum) as Json;
  if (schema.type === 'array') return list(name, schema, source);
  if (schema.type === 'object' || schema.properties) return record(schema, source);
  if (schema.type === 'integer') return whole(schema, chance);
  if (schema.type === 'number') return whole(schema, chance) + (chance.yes(0.5) ? 0.5 : 0);
  if (schema.type === 'boolean') return name === 'declaredProfessional' || chance.yes(0.5);
  return text(name, schema, source);
};
