import type { EventMeta, PersonalRef } from '#kernel/message';
import type { TSchema } from '@sinclair/typebox';
import { TypeCompiler, type TypeCheck } from '@sinclair/typebox/compiler';
import { CodecFault, type RecordedEvent } from '../codec.port';
import type { StoredEvent } from '../log.port';
import { eachPersonal, type PersonalField } from './personal-fields';
import { metaSchema } from './schemas';
import { isSealed } from './sealed-text';
import { versionsOf, type EventSchemas, type Version } from './versions';

/** A stored event, parsed and checked, in the version that was written; personal fields still sealed. */
export interface Parsed {
  readonly data: unknown;
  readonly meta: EventMeta;
  readonly versions: readonly Version[];
  readonly written: Version;
  readonly sealed: readonly PersonalField[];
}

type Named = Pick<StoredEvent, 'eventId' | 'type' | 'version'>;

const metaCheck = TypeCompiler.Compile(metaSchema.schema);

export const fault = ({ eventId, type, version }: Named, path: string, why: string): CodecFault =>
  new CodecFault({ eventId, type, version, path }, why);

/** @throws CodecFault naming the first field that does not fit */
export const mustFit = (check: TypeCheck<TSchema>, value: unknown, { event, prefix = '' }: { event: Named; prefix?: string }): void => {
  if (check.Check(value)) return;
  const first = check.Errors(value).First();
  throw fault(event, `${prefix}${first?.path ?? ''}`, first?.message ?? 'does not fit its schema');
};

/** @throws CodecFault where this program knows no such type or version */
export const knownVersions = (schemas: EventSchemas, event: Named): readonly Version[] => {
  const schema = Object.hasOwn(schemas, event.type) ? schemas[event.type] : undefined;
  if (schema === undefined) throw fault(event, '', 'no such event type');
  return versionsOf(schema);
};

const parse = (event: StoredEvent, field: 'data' | 'meta'): unknown => {
  try {
    return JSON.parse(event[field]);
  } catch {
    throw fault(event, field === 'meta' ? 'meta' : '', 'is no JSON');
  }
};

const metaOf = (stored: StoredEvent): EventMeta => {
  const meta = parse(stored, 'meta');
  mustFit(metaCheck, meta, { event: stored, prefix: 'meta' });
  const checked = meta as EventMeta;
  if (checked.eventId !== stored.eventId) throw fault(stored, 'meta/eventId', 'is not the id of the stored event');
  if (checked.stream !== stored.stream) throw fault(stored, 'meta/stream', 'is not the stream of the stored event');
  return checked;
};

const sealedFields = (stored: StoredEvent, { personal }: Version, data: unknown): readonly PersonalField[] => {
  if (personal.length === 0) return [];
  const sealed: PersonalField[] = [];
  eachPersonal(personal, data, (field) => {
    const value = field.holder[field.key];
    if (isSealed(value)) sealed.push(field);
    else if (typeof value === 'string') throw fault(stored, field.path, 'a personal text is not sealed');
  });
  return sealed;
};

export const parseStored = (schemas: EventSchemas, stored: StoredEvent): Parsed => {
  const versions = knownVersions(schemas, stored);
  const written = versions[stored.version - 1];
  if (written === undefined) throw fault(stored, '', `this program knows versions 1 to ${versions.length}`);
  const data = parse(stored, 'data');
  mustFit(written.check, data, { event: stored });
  return { data, meta: metaOf(stored), versions, written, sealed: sealedFields(stored, written, data) };
};

export const refTo = (stored: StoredEvent, path: string): PersonalRef => ({ ref: `${stored.eventId}#${path}` });

/** Brings parsed data, its personal fields replaced, to the present version. */
export const upToDate = (stored: StoredEvent, { data, meta, versions, written }: Parsed): RecordedEvent => {
  let present = data;
  if (written.upcast !== undefined) {
    for (const { upcast } of versions.slice(stored.version - 1)) present = upcast === undefined ? present : upcast(present);
    const { check } = versions[versions.length - 1] as Version;
    mustFit(check, present, { event: stored });
  }
  // The schema has checked what the type says.
  return { type: stored.type, data: present, meta } as RecordedEvent;
};
