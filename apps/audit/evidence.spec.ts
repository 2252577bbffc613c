import type { BundleEvent } from '#audit/bundle/bundle';
import { bundleText } from '#audit/bundle/make-bundle';
import { verifyBundle } from '#audit/bundle/verify-bundle';
import { makeCheckpoint } from '#audit/following/make-checkpoint';
import { MemoryTreeStore } from '#audit/memory/memory-tree-store';
import { signingKey } from '#audit/notes/note-key';
import type { NetworkId } from '#domain/ids';
import { lyon } from '#testing/network-facts';
import { evidenceBundle, lookForEvidence } from './evidence';
import type { Desk } from './look';
import { replayExchange } from './replay';
import { elsewhere, emptyHistory, exchangeId, indexed, toldHistory } from './told-history.fixture';

describe('evidence of an exchange', () => {
  let history = emptyHistory();
  const looks: Parameters<Desk['record']>[0][] = [];
  const asked = { exchangeId, motive: 'Yearly check' };
  const deskIn = (networkId: NetworkId): Desk => ({
    ...{ networkId, ports: history },
    streamsOf: () => Promise.resolve(indexed),
    namesOf: () => Promise.resolve(new Map()),
    record: (look) => Promise.resolve(void looks.push(look)),
  });
  const parts = { store: new MemoryTreeStore(), key: signingKey('savoirs.example/log', 'ed25519', Buffer.alloc(32, 7)), witnesses: [] };
  const bundled = async () => evidenceBundle({ ...parts, log: history.log }, (await lookForEvidence(deskIn(lyon), asked))!);

  beforeAll(async () => {
    history = await toldHistory();
    await history.told(`exchange-${exchangeId}`, 'EvaluationSubmitted');
  });

  it('is refused in a sentence until the log is signed up to its last event', async () => {
    await expect(bundled()).rejects.toThrow('does not have all of these events yet');
    const { signal } = new AbortController();
    await makeCheckpoint({ ...parts, log: history.log, folder: null, signal }, { cadence: null, lastAt: 0, now: 0 });
    expect(verifyBundle(bundleText(await bundled()))).toMatchObject({ size: 15 });
  });

  it('has the events that a replay lists, no others, in the order of the log', async () => {
    const replayed = await replayExchange(history, indexed, { at: 'latest' });
    expect((await bundled()).events.map(({ id }) => id)).toEqual(replayed!.steps.map(({ eventId }) => eventId));
  });

  it('shows of an event no more than a replay: of an answer, a person’s site, a round’s other matches a hash alone (R15)', async () => {
    const bundle = await bundled();
    const isWithheld = (event: BundleEvent): boolean => 'dataHash' in event;
    expect(bundle.events.filter(isWithheld).map(({ type }) => type)).toEqual([
      ...['MemberEnrolled', 'MatchesFound', 'RetentionApplied', 'EvaluationSubmitted'],
    ]);
    expect(bundleText(bundle)).not.toContain(elsewhere);
  });

  it('is looked for under a record of who looks and why, and not found from another network (R23)', async () => {
    looks.length = 0;
    expect(await lookForEvidence(deskIn('paris' as NetworkId), asked)).toBeNull();
    expect(looks).toEqual([{ subject: `exchange-${exchangeId}`, purpose: 'audit', motive: 'Yearly check' }]);
  });
});
