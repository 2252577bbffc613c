import type { SavoirsEvent } from '#domain/catalogue';
import type { EventMeta } from '#kernel/message';
import type { StreamName } from '#kernel/id';
import type { RecordedEvent } from '#event-store/codec.port';
import { createCodec } from '#event-store/codec/codec';
import type { EventLog, EventToAppend } from '#event-store/log.port';
import { memoryKeys } from '#keys/memory-keys';
import { intoNetwork, playedDemo } from '#testing/networks/demo-mix';
import type { CheckRun } from '../runner/check';
import { withScratchLogs } from '../runner/scratch-logs';

const played = ({ seed, sizes, signal }: CheckRun): Promise<readonly RecordedEvent[]> =>
  withScratchLogs(async (logs) => {
    const { members = 60, months = 3 } = sizes;
    return playedDemo({ url: (await logs.postgres()).url, members, months, seed, signal });
  });

/** The same event in another network. */
const moved = (event: RecordedEvent, move: (text: string) => string): { readonly event: SavoirsEvent; readonly meta: EventMeta } => {
  const { type, data, meta } = JSON.parse(move(JSON.stringify(event))) as RecordedEvent;
  // what the codec checks again
  return { event: { type, data } as unknown as SavoirsEvent, meta };
};

/** The demo's events, again and again in other networks, through the codec. */
async function* demoMix(run: CheckRun): AsyncGenerator<EventToAppend & { readonly stream: StreamName }> {
  const events = await played(run);
  const codec = createCodec(memoryKeys());
  for (let network = 0, given = 0; given < run.count; network += 1) {
    const move = intoNetwork(network);
    for (const event of events) {
      if ((given += 1) > run.count) return;
      const decided = moved(event, move);
      yield { ...(await codec.encode(decided)), stream: decided.meta.stream };
    }
  }
}

const BATCH_SIZE = 200;

/** Fills an empty log in PostgreSQL with `count` events of the demo's mix. */
export const fillWithDemo = async (log: EventLog, run: CheckRun): Promise<void> => {
  let waiting: (EventToAppend & { readonly stream: StreamName })[] = [];
  const flush = async (): Promise<void> => {
    for (const { outcome } of await Promise.all(waiting.map((event) => log.append(event.stream, 'any', [event]))))
      if (outcome !== 'appended') throw new Error(`an append answered ${outcome}`);
    waiting = [];
    run.signal.throwIfAborted();
  };
  for await (const event of demoMix(run)) if (waiting.push(event) === BATCH_SIZE) await flush();
  await flush();
};
