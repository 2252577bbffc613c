import { randomUUID } from 'node:crypto';
import { START, type StoredEvent } from '#event-store/log.port';
import { collected } from '#event-store/contract/subject';
import { fillLog, logWith, sampleEvents } from '../filled-log.fixture';
import { makeCheckpoint } from '../following/make-checkpoint';
import { MemoryTreeStore } from '../memory/memory-tree-store';
import { signingKey, verifierKeyText } from '../notes/note-key';
import { readNote, signNote, writeNote } from '../notes/signed-note';
import { BundleRefused, type Bundle } from './bundle';
import { bundleText, makeBundle } from './make-bundle';
import { verifyBundle } from './verify-bundle';

const key = signingKey('savoirs.example/log', 'ed25519', Buffer.alloc(32, 7));
const witness = signingKey('witness.example/w1', 'cosignature', Buffer.alloc(32, 8));
const { signal } = new AbortController();

const cosigned = (note: string): string => {
  const { text, signatures } = readNote(note);
  return writeNote({ text, signatures: [...signatures, signNote(witness, text, Date.parse('2026-11-30T09:00:00Z'))] });
};

describe('an evidence bundle', () => {
  let bundle: Bundle;
  let stored: readonly StoredEvent[];
  const store = new MemoryTreeStore();
  let made: (events: readonly StoredEvent[], note?: string) => Promise<Bundle>;
  beforeAll(async () => {
    const log = await logWith(sampleEvents(600));
    const signed = await makeCheckpoint({ log, store, key, folder: null, signal }, { cadence: null, lastAt: 0, now: 0 });
    const note = cosigned(signed.made!.note);
    stored = await collected(log.readAll({ after: START }));
    made = (events, checkpoint = note) =>
      makeBundle(
        {
          log,
          store,
          key,
          witnesses: [witness],
          checkpoints: [{ size: 600, note: checkpoint }],
          withheld: ({ type }) => type === 'SessionHeld',
        },
        events,
      );
    bundle = await made(stored.filter(({ stream }) => stream === 'exchange-3').slice(0, 20));
  });
  const refusal = (changed: unknown): string => {
    try {
      verifyBundle(typeof changed === 'string' ? changed : JSON.stringify(changed));
    } catch (fault) {
      expect(fault).toBeInstanceOf(BundleRefused);
      return (fault as Error).message;
    }
    return 'was taken';
  };

  it('proves its events by nothing but itself, and tells what of each history is there', () => {
    expect(verifyBundle(bundleText(bundle), { key: verifierKeyText(key), witnesses: [verifierKeyText(witness)] })).toEqual({
      ...{ origin: key.name, size: 600, events: 20, withheld: 7, witnesses: [witness.name] },
      streams: [{ stream: 'exchange-3', events: 20, isWhole: true }],
    });
    expect(JSON.parse(bundleText(bundle))).toEqual(bundle);
  });

  it('proves of an event whose data is withheld that it is there, and shows nothing of it', async () => {
    const one = await made([stored[0]!]);
    expect(verifyBundle(bundleText(one))).toMatchObject({ events: 1, withheld: 1 });
    expect(bundleText(one)).not.toContain('é0');
  });

  it('tells where a history has a gap, and puts events in the log’s order whatever they came in', async () => {
    const some = await made([stored[24]!, stored[3]!, stored[10]!, stored[38]!]);
    expect(verifyBundle(bundleText(some))).toMatchObject({ streams: [{ stream: 'exchange-3', events: 4, isWhole: false }] });
    expect(some.events.map(({ ordinal }) => ordinal)).toEqual([4, 11, 25, 39]);
  });

  it('is refused where any value in it is another one, whichever', () => {
    const paths = (value: unknown, path: readonly (string | number)[] = []): readonly (readonly (string | number)[])[] =>
      typeof value === 'object' && value !== null
        ? Object.entries(value).flatMap(([name, part]) => paths(part, [...path, Array.isArray(value) ? Number(name) : name]))
        : [path];
    const changedAt = (path: readonly (string | number)[]): unknown => {
      const copy = JSON.parse(JSON.stringify(bundle)) as never;
      const holder = path.slice(0, -1).reduce<Record<string | number, unknown>>((part, name) => part[name] as never, copy);
      const name = path.at(-1)!;
      const value = holder[name];
      holder[name] = typeof value === 'number' ? value + 1 : `${String(value).slice(0, -1)}${String(value).endsWith('x') ? 'y' : 'x'}`;
      return copy;
    };
    const all = paths(bundle);
    expect(all.length).toBeGreaterThan(300);
    expect(all.filter((path) => refusal(changedAt(path)) === 'was taken')).toEqual([]);
  });

  it.each<[string, (bundle: Bundle) => unknown]>([
    ['events: are none', (one) => ({ ...one, events: [] })],
    ['events[1].ordinal: is not after', (one) => ({ ...one, events: [one.events[1], one.events[0]] })],
    ['events[1].ordinal: is not after', (one) => ({ ...one, events: [one.events[0], one.events[0]] })],
    ['versions: are not those', (one) => ({ ...one, events: one.events.slice(1, 2) })],
    ['events[0]: has either data or dataHash', (one) => ({ ...one, events: [{ ...one.events[0], data: 'x', dataHash: 'x' }] })],
    ['events[0]: has a field', (one) => ({ ...one, events: [{ ...one.events[0], more: 1 }] })],
    ['events[0].proof: holds what is no hash', (one) => ({ ...one, events: [{ ...one.events[0], proof: ['AAAA'] }] })],
    ['file: has a field', (one) => ({ ...one, more: 1 })],
    ['events: is no list', (one) => ({ ...one, events: undefined })],
    ['witnesses: names one twice', (one) => ({ ...one, witnesses: [...one.witnesses, ...one.witnesses] })],
    ['key: is no key of a log', (one) => ({ ...one, key: one.witnesses[0] })],
    ['file: is no JSON', () => '{'],
    ['file: is no object', () => '[]'],
  ])('is refused, and says why: %s', (why, change) => {
    expect(refusal(change(bundle))).toContain(why);
  });

  it('is refused without the signature of a witness that it names', async () => {
    const { text, signatures } = readNote(bundle.checkpoint);
    expect(refusal({ ...bundle, checkpoint: writeNote({ text, signatures: signatures.slice(0, 1) }) })).toContain('did not sign');
    const alone = await made(stored.slice(0, 3), writeNote({ text, signatures: signatures.slice(0, 1) }));
    expect(verifyBundle(bundleText(alone)).witnesses).toEqual([]);
    expect(() => verifyBundle(bundleText(alone), { witnesses: [verifierKeyText(witness)] })).toThrow('lack one that you ask for');
  });

  it('made whole by another key is taken by who trusts any, and refused by who knows the log’s', () => {
    const other = signingKey(key.name, 'ed25519', Buffer.alloc(32, 9));
    const { text } = readNote(bundle.checkpoint);
    const forged = {
      ...bundle,
      key: verifierKeyText(other),
      witnesses: [],
      checkpoint: writeNote({ text, signatures: [signNote(other, text, 0)] }),
    };
    expect(refusal(forged)).toBe('was taken');
    expect(() => verifyBundle(JSON.stringify(forged), { key: verifierKeyText(key) })).toThrow('is not the one that you trust');
  });

  it('is made under the last checkpoint that a witness signed and that has its events, else under the last', async () => {
    const log = await logWith(sampleEvents(100));
    const tree = new MemoryTreeStore();
    const sign = () => makeCheckpoint({ log, store: tree, key, folder: null, signal }, { cadence: null, lastAt: 0, now: 0 });
    const first = (await sign()).made!;
    await fillLog(log, sampleEvents(200).slice(100));
    const second = (await sign()).made!;
    const all = await collected(log.readAll({ after: START }));
    const sizeOf = async (events: readonly StoredEvent[], notes: readonly [string, string]) => {
      const checkpoints = notes.map((note, at) => ({ size: [100, 200][at]!, note }));
      return verifyBundle(
        bundleText(await makeBundle({ log, store: tree, key, witnesses: [witness], checkpoints, withheld: () => false }, events)),
      ).size;
    };
    expect(await sizeOf(all.slice(0, 9), [cosigned(first.note), second.note])).toBe(100);
    expect(await sizeOf(all.slice(0, 9), [first.note, second.note])).toBe(200);
    expect(await sizeOf(all.slice(150, 159), [cosigned(first.note), second.note])).toBe(200);
  });

  it('is not made of an event that was altered, nor of one beyond the checkpoint', async () => {
    await expect(made([{ ...stored[5]!, data: '{}' }])).rejects.toThrow('Event 6 of the log');
    await expect(made([{ ...stored[5]!, position: '00000000000000099999' as never, eventId: randomUUID() as never }])).rejects.toThrow(
      'does not have all of these events yet',
    );
  });
});
