import type { DataKey, Keyring } from '#keys/keys.port';
import type { EventMeta } from '#kernel/message';
import { TypeCompiler } from '@sinclair/typebox/compiler';
import type { DecidedEvent } from '../codec.port';
import type { EventToAppend } from '../log.port';
import { canonicalJson, isPlain } from '#kernel/canonical-json';
import { fault, knownVersions, mustFit } from './decoding';
import { at, eachPersonal, type PersonalField, type PersonalPlan } from './personal-fields';
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

type Holder = Record<string, unknown>;

/** The objects that hold personal fields, to seal them there: what is decided stays as it is. The rest is shared. */
const holdersCopied = (event: Named, plan: readonly PersonalPlan[], data: unknown): Holder => {
  // what is copied would be plain, whatever it was
  if (!isPlain(data as object)) throw fault(event, '', 'no canonical JSON: an object is not plain');
  const copy = { ...(data as Holder) };
  for (const { key, below, each } of plan) {
    const value = copy[key];
    if (below === undefined || value === null || value === undefined) continue;
    copy[key] =
      each === true ? (value as readonly unknown[]).map((item) => holdersCopied(event, below, item)) : holdersCopied(event, below, value);
  }
  return copy;
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
  let last: { readonly name: string; readonly dataKey: DataKey } | undefined;
  for (const { holder, key, path, mark } of texts) {
    const member = at(data, mark.owner);
    if (typeof member !== 'string') throw fault(event, mark.owner, `${path} has no author to encrypt it for`);
    const name = `${mark.key} ${member}`;
    if (last?.name !== name) {
      const owner = { network: meta.network, member, stream: mark.key === 'stream' ? meta.stream : null };
      last = { name, dataKey: await keyring.sealing(owner) };
    }
    const text = holder[key] as string;
    canonical(text, event, '');
    holder[key] = seal(text, last.dataKey, { stream: meta.stream, eventId: event.eventId, type: event.type, path });
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
  const stored = { meta: canonical(meta, named, 'meta'), ...named };
  if (personal.length === 0) return { data: canonical(event.data, named, ''), ...stored };
  const data = holdersCopied(named, personal, event.data);
  await sealAll(keyring, meta, { event: named, data, texts: ownTexts(named, personal, data) });
  return { data: canonical(data, named, ''), ...stored };
};
