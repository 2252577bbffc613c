import { makeCheckpoint } from '#audit/following/make-checkpoint';
import { MemoryTreeStore } from '#audit/memory/memory-tree-store';
import { checkpointText } from '#audit/notes/checkpoint';
import { signingKey } from '#audit/notes/note-key';
import { readNote, signNote, writeNote } from '#audit/notes/signed-note';
import type { StoredEvent } from '#event-store/log.port';
import { reading } from './altered-logs';
import { logKey, signedLog, type SignedLog } from './signed-log';
import type { Subject, TamperFinding } from './subject';

const { signal } = new AbortController();
const stranger = signingKey(logKey.name, 'ed25519', Buffer.alloc(32, 99));

/** Somebody altered log, tree and the checkpoints beside it, and cannot sign: only what was kept apart tells. */
const rewritten = async (
  subject: Subject,
  { checkpoints }: SignedLog,
  events: readonly StoredEvent[],
): Promise<readonly (number | null)[]> => {
  const store = new MemoryTreeStore();
  const log = { ...reading(events), logId: () => Promise.resolve('rewritten') };
  await makeCheckpoint({ log, store, key: stranger, folder: null, signal }, { cadence: null, lastAt: 0, now: 0 });
  const found = await subject.checkTree({
    ...{ log, key: logKey, signal },
    store: withoutCheckpoints(store),
    others: checkpoints.map(({ note }) => note),
  });
  return found.wrong;
};

const withoutCheckpoints = (store: MemoryTreeStore): MemoryTreeStore => {
  const bare = Object.create(store) as MemoryTreeStore;
  bare.checkpoints = () => Promise.resolve([]);
  return bare;
};

/** Every checkpoint from the altered event on must be told, and none before. */
export const rewrittenLogs = async (subject: Subject, signed: SignedLog, other: SignedLog): Promise<readonly TamperFinding[]> => {
  const { events, checkpoints } = signed;
  const findings: TamperFinding[] = [];
  for (let at = 0; at < events.length; at += 7) {
    for (const [what, altered] of [
      [`event ${at + 1} replaced, and the tree made anew`, events.map((event, n) => (n === at ? other.events[n]! : event))],
      [`an older whole copy, of ${at} events`, events.slice(0, at)],
    ] as const) {
      const expected = checkpoints.flatMap(({ size }) => (size > at ? [size] : []));
      const wrong = await rewritten(subject, signed, altered);
      if (expected.length > 0 && wrong.length === 0) findings.push({ count: 'undetected', what });
      else if (JSON.stringify(wrong) !== JSON.stringify(expected)) findings.push({ count: 'misplaced', what });
    }
  }
  return findings;
};

const isOpened = ({ openCheckpoint }: Subject, note: string): boolean => {
  try {
    return (openCheckpoint(note, logKey), true);
  } catch {
    return false;
  }
};

/** Notes with another key's signature, in any dress; and with any letter of theirs changed. */
export const forgedNotes = (subject: Subject, { checkpoints }: SignedLog): readonly TamperFinding[] => {
  const { note } = checkpoints.at(-1)!;
  const { text, signatures } = readNote(note);
  const own = signNote(stranger, text, 0);
  const next = checkpointText({ origin: logKey.name, size: 1_000, root: Buffer.alloc(32) });
  const forged = [
    writeNote({ text, signatures: [own] }),
    writeNote({ text, signatures: [{ ...own, id: logKey.id }] }),
    writeNote({ text, signatures: [...signatures, { ...own, id: logKey.id }] }),
    writeNote({ text: next, signatures }),
    writeNote({ text: `${text}an extension\n`, signatures }),
    ...Array.from(note, (letter, at) => `${note.slice(0, at)}${letter === 'Q' ? 'R' : 'Q'}${note.slice(at + 1)}`),
  ];
  return forged.flatMap((one, n) => (isOpened(subject, one) ? [{ count: 'acceptedForged' as const, what: `note ${n}` }] : []));
};

/** A log and one that shares its first events, both signed by the log's own key: what a malicious log shows. */
export const forkOf = (seed: number, events: number, forkedAt: number): Promise<SignedLog> =>
  signedLog(seed, 'tamper', { events, every: 16, forkedAt });
