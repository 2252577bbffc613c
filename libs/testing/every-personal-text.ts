import { randomUUID } from 'node:crypto';
import type { TSchema } from '@sinclair/typebox';
import type { SavoirsEvent } from '#domain/catalogue';
import type { DecidedEvent } from '#event-store/codec.port';
import { personalMark, type PersonalMark } from '#event-store/codec/schema-kit';
import { eventSchemas } from '#event-store/codec/schemas';
import type { AnyEventSchema, EventSchemas } from '#event-store/codec/versions';
import type { EventId, StreamName } from '#kernel/id';
import { exampleMeta, exampleStream } from './event-examples';

/** One version of one type of event, with a text of its own in each personal field that its schema has. */
export interface WrittenVersion {
  readonly type: SavoirsEvent['type'];
  readonly version: number;
  readonly decided: DecidedEvent;
  /** What a codec must know to write this version: this one as if it were the present. */
  readonly schemas: EventSchemas;
  readonly texts: readonly { readonly path: string; readonly text: string }[];
}

interface Author {
  readonly network: string;
  readonly member: string;
  /** The text of a field. */
  readonly textOf: (field: string) => string;
}

type Fields = Readonly<Record<string, TSchema>>;
type Found = { readonly path: string; readonly text: string; readonly mark: PersonalMark };

const STRINGS: Readonly<Record<string, () => string>> = {
  instant: () => '2026-03-02T09:00:00.000Z',
  day: () => '2026-03-02',
  id: randomUUID,
  '128 random bits': () => '0'.repeat(32),
};

/** Any value that fits, from the schema alone: a schema that comes later is walked, too. */
const sample = (schema: TSchema, path: string, onText: (path: string, mark: PersonalMark) => string): unknown => {
  const mark = personalMark(schema);
  if (mark !== undefined) return onText(path, mark);
  if (schema['const'] !== undefined) return schema['const'];
  const branches = schema['anyOf'] as readonly TSchema[] | undefined;
  if (branches) return sample(branches.findLast(({ type }) => type !== 'null') as TSchema, path, onText);
  const { items } = schema as { readonly items?: TSchema | readonly TSchema[] };
  if (Array.isArray(items)) return items.map((item: TSchema, at) => sample(item, `${path}/${at}`, onText));
  if (schema['type'] === 'array') return [sample(items as TSchema, `${path}/0`, onText)];
  if (schema['type'] === 'object') {
    const fields = Object.entries((schema['properties'] ?? {}) as Fields);
    return Object.fromEntries(fields.map(([name, field]) => [name, sample(field, `${path}/${name}`, onText)]));
  }
  if (schema['type'] === 'string') return (STRINGS[schema['title'] ?? ''] ?? (() => 'x'))();
  return schema['type'] === 'boolean' ? true : 1;
};

const put = (data: unknown, pointer: string, value: string): void => {
  const names = pointer.split('/').slice(1);
  const last = names.pop() as string;
  const holder = names.reduce<unknown>((within, name) => (within as Record<string, unknown>)[name], data);
  (holder as Record<string, unknown>)[last] = value;
};

/** Of type and version: each former version as it was written then. */
const versions = ({ meaning, schema, upcasts }: AnyEventSchema): readonly AnyEventSchema[] =>
  [...upcasts.map(({ from }) => from), schema].map((written, at) => ({
    ...{ meaning, version: at + 1, schema: written },
    upcasts: upcasts.slice(0, at),
  }));

const write = (type: SavoirsEvent['type'], schema: AnyEventSchema, { network, member, textOf }: Author): WrittenVersion => {
  const found: Found[] = [];
  const data = sample(schema.schema, '', (path, mark) => {
    const text = textOf(`${type} ${schema.version} ${path}`);
    found.push({ path, text, mark });
    return text;
  });
  for (const { mark } of found) put(data, mark.owner, member);
  const category = exampleStream(type).split('-')[0];
  const meta = exampleMeta(0, {
    ...{ eventId: randomUUID() as EventId, network, actor: { id: member, role: 'member' } },
    stream: `${category}-${randomUUID()}` as StreamName,
  });
  // Made from the schema of that version, which the codec checks.
  const event = { type, data } as SavoirsEvent;
  return { type, version: schema.version, decided: { event, meta }, schemas: { [type]: schema }, texts: found };
};

/** Every type and version of event that holds a personal field, written by one person. */
export const everyPersonalText = (author: Author): readonly WrittenVersion[] =>
  Object.entries(eventSchemas)
    .flatMap(([type, schema]) => versions(schema).map((version) => write(type as SavoirsEvent['type'], version, author)))
    .filter(({ texts }) => texts.length > 0);
