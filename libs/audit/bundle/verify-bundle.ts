import type { EventId, StreamName } from '#kernel/id';
import { canonicalJson } from '#kernel/canonical-json';
import { contentHash, leafText, textHash } from '../leaf';
import { isHash, leafHash } from '../merkle/hashing';
import { verifyInclusion } from '../merkle/verify';
import { openCheckpoint, type OpenedCheckpoint } from '../notes/checkpoint';
import { NoteKeyError, readVerifierKey, type VerifierKey } from '../notes/note-key';
import { NoteRefused } from '../notes/signed-note';
import { fromBase64 } from '../notes/strict-base64';
import { BundleRefused, versionsOf, type Bundle, type BundleEvent } from './bundle';
import { readBundle } from './read-bundle';

/** What a verifier knows from elsewhere: without it, a file is believed about its own keys. */
export interface Trusted {
  readonly key?: string;
  readonly witnesses?: readonly string[];
}

export interface StreamProven {
  readonly stream: string;
  readonly events: number;
  /** From its first event on, without a gap. */
  readonly isWhole: boolean;
}

export interface BundleProven {
  readonly origin: string;
  /** Events of the log, by the checkpoint. */
  readonly size: number;
  readonly events: number;
  readonly streams: readonly StreamProven[];
  /** Names of those who signed besides the log. */
  readonly witnesses: readonly string[];
  /** Events whose data is withheld. */
  readonly withheld: number;
}

const keyIn = (text: string, field: string, type: VerifierKey['type']): VerifierKey => {
  try {
    const key = readVerifierKey(text);
    if (key.type === type) return key;
  } catch (fault) {
    if (!(fault instanceof NoteKeyError)) throw fault;
  }
  throw new BundleRefused(field, type === 'ed25519' ? 'is no key of a log' : 'holds what is no key of a witness');
};

const opened = ({ key, witnesses, checkpoint }: Bundle): OpenedCheckpoint => {
  const known = witnesses.map((text) => keyIn(text, 'witnesses', 'cosignature'));
  if (new Set(witnesses).size < witnesses.length) throw new BundleRefused('witnesses', 'names one twice');
  try {
    const note = openCheckpoint(checkpoint, keyIn(key, 'key', 'ed25519'), known);
    if (note.signers.length === 1 + known.length) return note;
  } catch (fault) {
    if (fault instanceof NoteRefused) throw new BundleRefused('checkpoint', fault.message);
    throw fault;
  }
  throw new BundleRefused('witnesses', 'names one that did not sign the checkpoint');
};

const leafOf = (event: BundleEvent): Buffer => {
  const dataHash = 'data' in event ? textHash(event.data) : Buffer.from(event.dataHash, 'hex');
  // from outside, as the file says: the hash tells whether they are
  const named = { ...event, eventId: event.id as EventId, stream: event.stream as StreamName };
  return leafHash(leafText(named, event.ordinal, contentHash(textHash(event.meta), dataHash)));
};

const checkInclusion = (event: BundleEvent, field: string, head: OpenedCheckpoint): void => {
  const proof = event.proof.map(fromBase64);
  if (!proof.every((hash) => hash !== null && isHash(hash))) throw new BundleRefused(`${field}.proof`, 'holds what is no hash in base64');
  const claim = { index: event.ordinal - 1, leafHash: leafOf(event), proof: proof.flatMap((hash) => hash ?? []) };
  if (!verifyInclusion(head, claim)) throw new BundleRefused(field, 'is not in the tree of the checkpoint as it is here');
};

const checkOrder = (events: readonly BundleEvent[]): void => {
  const revisions = new Map<string, number>();
  let before = 0;
  for (const [at, { ordinal, stream, revision }] of events.entries()) {
    if (ordinal <= before) throw new BundleRefused(`events[${at}].ordinal`, 'is not after the one before');
    if (revision <= (revisions.get(stream) ?? -1))
      throw new BundleRefused(`events[${at}].revision`, 'is not after the one before in its stream');
    revisions.set(stream, revision);
    before = ordinal;
  }
};

const checkVersions = ({ events, versions }: Bundle): void => {
  const told = (() => {
    try {
      return versionsOf(events);
    } catch {
      throw new BundleRefused('events', 'has a meta that is no JSON');
    }
  })();
  if (canonicalJson(told) !== canonicalJson(versions)) throw new BundleRefused('versions', 'are not those of the events');
};

const streamsOf = (events: readonly BundleEvent[]): readonly StreamProven[] =>
  [...new Set(events.map(({ stream }) => stream))].map((stream) => {
    const revisions = events.flatMap((event) => (event.stream === stream ? [event.revision] : []));
    return { stream, events: revisions.length, isWhole: revisions.every((revision, at) => revision === at) };
  });

/**
 * Whether each event of a bundle was in the log when its checkpoint was signed, as it is here. Asks nobody else.
 * @throws BundleRefused
 */
export const verifyBundle = (text: string, { key, witnesses = [] }: Trusted = {}): BundleProven => {
  const bundle = readBundle(text);
  const { events } = bundle;
  if (key !== undefined && bundle.key !== key) throw new BundleRefused('key', 'is not the one that you trust');
  if (!witnesses.every((each) => bundle.witnesses.includes(each))) throw new BundleRefused('witnesses', 'lack one that you ask for');
  if (events.length === 0) throw new BundleRefused('events', 'are none');
  const head = opened(bundle);
  checkOrder(events);
  for (const [at, event] of events.entries()) checkInclusion(event, `events[${at}]`, head);
  checkVersions(bundle);
  return {
    ...{ origin: head.origin, size: head.size, events: events.length, streams: streamsOf(events) },
    witnesses: head.signers.slice(1).map(({ name }) => name),
    withheld: events.filter((event) => 'dataHash' in event).length,
  };
};
