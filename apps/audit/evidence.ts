import type { Bundle } from '#audit/bundle/bundle';
import { makeBundle, type BundleParts } from '#audit/bundle/make-bundle';
import type { TreeStore } from '#audit/tree-store.port';
import type { ExchangeId } from '#domain/ids';
import type { StoredEvent } from '#event-store/log.port';
import type { Desk } from './look';
import { listedNow } from './replay';
import { toldWithin, type LookedAt } from './told';
import type { Placed } from './trail';

/** What a file of evidence holds: the events that a replay of now lists. */
export interface Evidence {
  readonly events: readonly StoredEvent[];
  /** Of these the file has a hash in the place of the data. */
  readonly withheld: ReadonlySet<string>;
}

/** A file shows no more of an event than a replay: of an answer, a person’s site, a round’s other matches it proves that they are there. */
const isWithheld = ({ event }: Placed, exchange: LookedAt): boolean =>
  JSON.stringify(toldWithin(event, exchange)) !== JSON.stringify(event.data);

/** Recorded before anything is read, as each look (§7). Null where there is no such exchange here (R23). */
export const lookForEvidence = async (
  desk: Desk,
  { exchangeId, motive }: { readonly exchangeId: ExchangeId; readonly motive: string },
): Promise<Evidence | null> => {
  await desk.record({ subject: `exchange-${exchangeId}`, purpose: 'audit', motive });
  const exchange = await desk.streamsOf(exchangeId);
  if (exchange?.networkId !== desk.networkId) return null;
  const listed = await listedNow(desk.ports, exchange);
  const withheld = listed.filter((placed) => isWithheld(placed, exchange)).map(({ stored }) => stored.eventId);
  return { events: listed.map(({ stored }) => stored), withheld: new Set(withheld) };
};

export interface EvidenceParts extends Pick<BundleParts, 'log' | 'key' | 'witnesses'> {
  readonly store: TreeStore;
}

/** Under a checkpoint that is there already: whoever wants one of now signs first. @throws BeyondTree, NotInTree: one sentence and an exit code */
export const evidenceBundle = async (parts: EvidenceParts, { events, withheld }: Evidence): Promise<Bundle> =>
  makeBundle({ ...parts, checkpoints: await parts.store.checkpoints(), withheld: ({ eventId }) => withheld.has(eventId) }, events);
