import type { EventLog, StoredEvent } from '#event-store/log.port';
import { logWith, sampleEvents, tamperedLog } from '../filled-log.fixture';
import { MemoryTreeStore } from '../memory/memory-tree-store';
import { checkpointText, readCheckpointText } from '../notes/checkpoint';
import { signingKey } from '../notes/note-key';
import { readNote, signNote, writeNote } from '../notes/signed-note';
import { checkTree } from './check-tree';
import { makeCheckpoint } from './make-checkpoint';

const key = signingKey('savoirs.example/log', 'ed25519', Buffer.alloc(32, 7));
const { signal } = new AbortController();

/** A log of 300 events, with checkpoints at 1, 100 and 300. */
const signedLog = async () => {
  const [log, store] = [await logWith([]), new MemoryTreeStore()];
  const notes: string[] = [];
  for (const [from, to] of [
    [0, 1],
    [1, 100],
    [100, 300],
  ] as const) {
    for (const { stream, event } of sampleEvents(300).slice(from, to)) await log.append(stream, 'any', [event]);
    const { made } = await makeCheckpoint({ log, store, key, folder: null, signal }, { cadence: null, lastAt: 0, now: 0 });
    notes.push(made!.note);
  }
  return { log, store, notes };
};

describe('a check of a log against its tree', () => {
  let signed: Awaited<ReturnType<typeof signedLog>>;
  beforeEach(async () => (signed = await signedLog()));
  const checked = (log: Pick<EventLog, 'readAll'>, others: readonly string[] = []) =>
    checkTree({ log, store: signed.store, key, others, signal });

  it('finds nothing where nothing was altered', async () => {
    expect(await checked(signed.log, signed.notes)).toEqual({ events: 300, firstDifference: null, checkpoints: 6, wrong: [] });
  });

  it.each<[string, number, number[], (events: StoredEvent[]) => StoredEvent[]]>([
    ['altered', 57, [100, 300], (all) => all.map((event, n) => (n === 56 ? { ...event, data: '{"note":"x"}' } : event))],
    ['taken out', 101, [300], (all) => all.filter((_, n) => n !== 100)],
    ['doubled', 3, [100, 300], (all) => [...all.slice(0, 2), all[1]!, ...all.slice(2)]],
    ['swapped with the next', 250, [300], (all) => [...all.slice(0, 249), all[250]!, all[249]!, ...all.slice(251)]],
    ['taken from the end', 300, [300], (all) => all.slice(0, 299)],
  ])('finds an event that was %s, and says which', async (_, first, wrong, alter) => {
    expect(await checked(tamperedLog(signed.log, alter))).toMatchObject({ firstDifference: first, wrong });
  });

  it('finds by its checkpoints that log and tree were altered together', async () => {
    const alter = (all: StoredEvent[]) => all.map((event, n) => (n === 56 ? { ...event, data: '{"note":"x"}' } : event));
    const altered = tamperedLog(signed.log, alter);
    const store = new MemoryTreeStore();
    const log = { ...altered, logId: () => signed.log.logId() };
    await makeCheckpoint({ log, store, key, folder: null, signal }, { cadence: null, lastAt: 0, now: 0 });
    const found = await checkTree({ log: altered, store, key, others: signed.notes, signal });
    expect(found).toEqual({ events: 300, firstDifference: null, checkpoints: 4, wrong: [100, 300] });
  });

  it('finds a checkpoint that was altered, moved, or signed by another key', async () => {
    const { text } = readNote(signed.notes[2]!);
    const stranger = signingKey(key.name, 'ed25519', Buffer.alloc(32, 8));
    await signed.store.keep({ size: 100, note: signed.notes[2]! });
    await signed.store.keep({ size: 300, note: writeNote({ text, signatures: [signNote(stranger, text, 0)] }) });
    expect(await checked(signed.log, [signed.notes[1]!.replace('\n100\n', '\n101\n')])).toMatchObject({ wrong: [100, 300, null] });
  });

  it('finds that a checkpoint from elsewhere is of more events than there are', async () => {
    const { root } = readCheckpointText(readNote(signed.notes[2]!).text);
    const text = checkpointText({ origin: key.name, size: 301, root });
    const beyond = writeNote({ text, signatures: [signNote(key, text, 0)] });
    expect(await checked(signed.log, [beyond])).toMatchObject({ firstDifference: null, wrong: [301] });
  });
});
