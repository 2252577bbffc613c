import type { DataKey, Keyring } from '#keys/keys.port';
import type { EventMeta } from '#kernel/message';
import { TypeCompiler } from '@sinclair/typebox/compiler';
import type { DecidedEvent } from '../codec.port';
import type { EventToAppend } from '../log.port';
import { canonicalJson } from '#kernel/canonical-json';
import { fault, knownVersions, mustFit } from './decoding';
import { at, eachPersonal, type PersonalField } from './personal-fields';
import { metaSchema } from './schemas';
import { seal } from './sealed-text';
import type { EventSchemas, Version } from './versions';

type Named = Pick<EventToAppend, 'eventId' | 'type' | 'version'>;

/** A NUL in JSON text: PostgreSQL's `text` could never hold what it stands for. */
const NUL = /(?<!\\)(?:\\\\)*\\u0000/;
const metaCheck = TypeCompiler.Compile(metaSchema.schema);

const canonical = (value: unknown, event: Named, path: string): string => {
  try {
    const written = canonicalJson(value);
    if (!NUL.test(written)) return written;
  } catch (error) {
    throw fault(event, path, (error as Error).message);
  }
  throw fault(event, path, 'a text holds a NUL character');
};

/** Fields that hold a text of their own; a reference to a text written elsewhere stays as it is. */
const ownTexts = (event: Named, personal: Version['personal'], data: unknown): readonly PersonalField[] => {
  const texts: PersonalField[] = [];
  eachPersonal(personal, data, (field) => {
    const value = field.holder[field.key];
    if (typeof value === 'string') texts.push(field);
    else if ((value as { ref: string }).ref.startsWith(event.eventId))
      throw fault(event, field.path, 'refers to its own event: the text is lost');
  });
  return texts;
};

const sealAll = async (
  keyring: Keyring,
  meta: EventMeta,
  { event, data, texts }: { event: Named; data: unknown; texts: readonly PersonalField[] },
) => {
  const keys = new Map<string, DataKey>();
  for (const { holder, key, path, mark } of texts) {
    const member = at(data, mark.owner);
    if (typeof member !== 'string') throw fault(event, mark.owner, `${path} has no author to encrypt it for`);
    const name = `${mark.key} ${member}`;
    const dataKey =
      keys.get(name) ?? (await keyring.sealing({ network: meta.network, member, stream: mark.key === 'stream' ? meta.stream : null }));
    keys.set(name, dataKey);
    holder[key] = seal(holder[key] as string, dataKey, { stream: meta.stream, eventId: event.eventId, type: event.type, path });
  }
};

/** See `Codec.encode`. @throws CodecFault, KeyErased */
export const encodeEvent = async (schemas: EventSchemas, keyring: Keyring, { event, meta }: DecidedEvent): Promise<EventToAppend> => {
  const unversioned = { eventId: meta.eventId, type: event.type, version: 0 };
  const versions = knownVersions(schemas, unversioned);
  const named = { ...unversioned, version: versions.length };
  const { check, personal } = versions[versions.length - 1] as Version;
  mustFit(check, event.data, { event: named });
  mustFit(metaCheck, meta, { event: named, prefix: 'meta' });
  const clear = canonical(event.data, named, '');
  const stored = { meta: canonical(meta, named, 'meta'), ...named };
  if (personal.length === 0) return { data: clear, ...stored };
  const data: unknown = JSON.parse(clear);
  await sealAll(keyring, meta, { event: named, data, texts: ownTexts(named, personal, data) });
  return { data: canonicalJson(data), ...stored };
};
