import { fromHex, hashIn, isSame, sha256, toHex, utf8, type Bytes } from './bytes';
import type { EvidenceEvent } from './bundle-form';
import type { TreeHead } from './signed-note';

/** The members in the order that canonical JSON has them; the browser escapes texts as RFC 8785 says. */
const leafOf = (event: EvidenceEvent, content: string): string => {
  const { id, ordinal, revision, stream, type, version } = event;
  return JSON.stringify({ content, id, leaf: 1, ordinal, revision, stream, type, version });
};

const leafHash = async (event: EvidenceEvent): Promise<Bytes> => {
  const { meta, shown } = event;
  const dataHash = 'data' in shown ? await sha256(utf8(shown.data)) : fromHex(shown.dataHash);
  const content = toHex(await sha256(await sha256(utf8(meta)), dataHash));
  return sha256(Uint8Array.of(0), utf8(leafOf(event, content)));
};

const nodeHash = (left: Bytes, right: Bytes): Promise<Bytes> => sha256(Uint8Array.of(1), left, right);

/** Numbers up to 2^53: bit operations end at 2^31. */
const half = (value: number): number => Math.floor(value / 2);
const isOdd = (value: number): boolean => value % 2 === 1;

/** The hashes of an event's proof; null where one is none. */
export const proofOf = ({ proof }: EvidenceEvent): readonly Bytes[] | null => {
  const hashes = proof.map(hashIn);
  return hashes.every((hash) => hash !== null) ? hashes : null;
};

/** Whether its proof leads from the event, as it is here, to the root (RFC 9162, 2.1.3.2). */
export const isInTree = async (event: EvidenceEvent, proof: readonly Bytes[], { size, root }: TreeHead): Promise<boolean> => {
  if (event.ordinal < 1 || event.ordinal > size) return false;
  let [place, last] = [event.ordinal - 1, size - 1];
  let hash = await leafHash(event);
  for (const sibling of proof) {
    if (last === 0) return false;
    if (isOdd(place) || place === last) {
      hash = await nodeHash(sibling, hash);
      while (!isOdd(place) && place !== 0) [place, last] = [half(place), half(last)];
    } else {
      hash = await nodeHash(hash, sibling);
    }
    [place, last] = [half(place), half(last)];
  }
  return last === 0 && isSame(hash, root);
};
