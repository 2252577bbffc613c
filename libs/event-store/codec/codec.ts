import type { DataKey, Keyring } from '#keys/keys.port';
import { ERASED, type Codec, type PersonalText } from '../codec.port';
import type { StoredEvent } from '../log.port';
import { fault, parseStored, refTo, upToDate, type Parsed } from './decoding';
import { encodeEvent } from './encoding';
import { at, type PersonalField } from './personal-fields';
import { eventSchemas } from './schemas';
import { keyIdOf, open } from './sealed-text';
import type { EventSchemas } from './versions';

type Opened = readonly { readonly field: PersonalField; readonly text: string | null }[];

const openField = (stored: StoredEvent, { holder, key, path }: PersonalField, secret: Uint8Array): string => {
  const { stream, eventId, type } = stored;
  try {
    return open(holder[key] as string, secret, { stream, eventId, type, path });
  } catch {
    throw fault(stored, path, 'does not open under its key: altered, or copied from elsewhere');
  }
};

const secretOf = (key: DataKey | 'erased'): Uint8Array | 'erased' => (key === 'erased' ? key : key.secret);

/** Each sealed field's clear text; null where its key's row says erased. @throws MissingKey, CodecFault */
const openAll = async (keyring: Keyring, stored: StoredEvent, { sealed }: Parsed): Promise<Opened> => {
  const keys = new Map<string, Uint8Array | 'erased'>();
  const opened: { field: PersonalField; text: string | null }[] = [];
  for (const field of sealed) {
    const keyId = keyIdOf(field.holder[field.key] as string);
    const held: Uint8Array | 'erased' = keys.get(keyId) ?? secretOf(await keyring.opening(keyId));
    keys.set(keyId, held);
    opened.push({ field, text: held === 'erased' ? null : openField(stored, field, held) });
  }
  return opened;
};

const textsOf = (stored: StoredEvent, { data, meta }: Parsed, opened: Opened): readonly PersonalText[] =>
  opened.flatMap(({ field: { path, mark }, text }) =>
    text === null
      ? []
      : {
          ...{ ref: refTo(stored, path).ref, eventId: stored.eventId, path, text },
          ...{
            network: meta.network,
            owner: String(at(data, mark.owner)),
            stream: stored.stream,
            type: stored.type,
            recordedAt: meta.recordedAt,
          },
        },
  );

/**
 * The codec over a keyring. Texts of persons are sealed under their author's keys (R19); a field that refers to another
 * event's text keeps its reference in every reading, revealed too: whoever needs that text opens it where it was written.
 * @example const codec = createCodec(memoryKeys()); codec.decode(await stored).data
 */
export const createCodec = (keyring: Keyring, schemas: EventSchemas = eventSchemas): Codec => ({
  encode: (decided) => encodeEvent(schemas, keyring, decided),
  decode: (stored) => {
    const parsed = parseStored(schemas, stored);
    for (const { holder, key, path } of parsed.sealed) holder[key] = refTo(stored, path);
    return upToDate(stored, parsed);
  },
  reveal: async (stored) => {
    const parsed = parseStored(schemas, stored);
    for (const { field, text } of await openAll(keyring, stored, parsed)) field.holder[field.key] = text ?? ERASED;
    return upToDate(stored, parsed);
  },
  personalTexts: async (stored) => {
    const parsed = parseStored(schemas, stored);
    return textsOf(stored, parsed, await openAll(keyring, stored, parsed));
  },
});
