import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anEvent } from '#event-store/contract/subject';
import { fillLog, logWith, sampleEvents } from '../filled-log.fixture';
import { makeCheckpoint } from '../following/make-checkpoint';
import { MemoryTreeStore } from '../memory/memory-tree-store';
import { openCheckpoint } from '../notes/checkpoint';
import { signingKey } from '../notes/note-key';
import { readNote, writeNote } from '../notes/signed-note';
import type { KeptCheckpoint } from '../tree-store.port';
import { readRequest, requestFor, RequestRefused, writeRequest } from './checkpoint-request';
import { witnessIn, witnessKey } from './witness-folder';

const key = signingKey('savoirs.example/log', 'ed25519', Buffer.alloc(32, 7));
const { signal } = new AbortController();
const NOW = Date.parse('2026-11-30T09:00:00Z');

/** A log signed at these sizes; `forked` from its event 150 on. */
const signedAt = async (sizes: readonly number[], forked = false) => {
  const [log, store] = [await logWith([]), new MemoryTreeStore()];
  const events = sampleEvents(700).map((one, n) => (forked && n === 149 ? { ...one, event: anEvent() } : one));
  const notes: KeptCheckpoint[] = [];
  let from = 0;
  for (const size of sizes) {
    await fillLog(log, events.slice(from, size));
    from = size;
    notes.push((await makeCheckpoint({ log, store, key, folder: null, signal }, { cadence: null, lastAt: 0, now: 0 })).made!);
  }
  return { store, notes };
};

describe('a witness', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'savoirs-witness-'))));
  afterEach(() => rm(folder, { recursive: true }));

  const asked = async (body: string) => {
    const own = await witnessKey(folder, 'witness.example/w1');
    return { own, signature: await witnessIn({ folder, log: key, key: own, now: NOW }, body) };
  };
  const bodyOf = async ({ store, notes }: Awaited<ReturnType<typeof signedAt>>, at: number, old: number): Promise<string> =>
    writeRequest(await requestFor(store, notes[at]!, old));

  it('signs a first checkpoint, and each that continues the last; who knows its key sees it', async () => {
    const log = await signedAt([100, 300, 700]);
    await asked(await bodyOf(log, 0, 0));
    await asked(await bodyOf(log, 1, 100));
    const { own, signature } = await asked(await bodyOf(log, 2, 300));
    const { text, signatures } = readNote(log.notes[2]!.note);
    const opened = openCheckpoint(writeNote({ text, signatures: [...signatures, signature] }), key, [own]);
    expect(opened.signers.map(({ name }) => name)).toEqual([key.name, 'witness.example/w1']);
    expect((await stat(join(folder, 'witness-key'))).mode & 0o777).toBe(0o600);
  });

  it('signs the same one again, as for a log that lost the answer', async () => {
    const log = await signedAt([100]);
    await asked(await bodyOf(log, 0, 0));
    expect((await asked(await bodyOf(log, 0, 100))).signature.name).toBe('witness.example/w1');
  });

  it('refuses another history, one that is shown beside the one it signed, and an older checkpoint', async () => {
    const [log, fork] = [await signedAt([100, 300, 500]), await signedAt([100, 300, 700], true)];
    await asked(await bodyOf(log, 1, 0));
    await expect(asked(await bodyOf(fork, 2, 300))).rejects.toThrow('does not continue the one of 300 events');
    await expect(asked(await bodyOf(fork, 1, 300))).rejects.toThrow('does not continue');
    await expect(asked(await bodyOf(log, 2, 0))).rejects.toThrow('make it from 300');
    await expect(asked((await bodyOf(log, 0, 0)).replace('old 0', 'old 300'))).rejects.toThrow('it is an older one');
    expect((await asked(await bodyOf(log, 2, 300))).signature.signature).toHaveLength(72);
  });

  it('refuses what the log did not sign, and a proof where there was nothing to continue', async () => {
    const log = await signedAt([100, 300]);
    const body = await bodyOf(log, 0, 0);
    await expect(asked(body.replace('\n100\n', '\n101\n'))).rejects.toThrow('was not made with its key');
    await expect(asked((await bodyOf(log, 1, 100)).replace('old 100', 'old 0'))).rejects.toThrow('does not continue');
  });

  it('lets one of several requests at once be signed', async () => {
    const log = await signedAt([100]);
    const body = await bodyOf(log, 0, 0);
    const own = await witnessKey(folder, 'witness.example/w1');
    const all = await Promise.allSettled([1, 2, 3].map(() => witnessIn({ folder, log: key, key: own, now: NOW }, body)));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('reads the request that a log writes, and no other form', async () => {
    const body = await bodyOf(await signedAt([100, 300]), 1, 100);
    expect(writeRequest(readRequest(body))).toBe(body);
    for (const other of [
      '',
      'old -1\n\nx',
      'old 01\n\nx',
      'new 1\n\nx',
      'old 1\nAAAA\n\nx',
      `old 1\n${`${'A'.repeat(43)}=\n`.repeat(64)}\nx`,
    ])
      expect(() => readRequest(other)).toThrow(RequestRefused);
  });
});
