import { setTimeout as sleep } from 'node:timers/promises';
import type { StreamName } from '#kernel/id';
import { uuidV5 } from '#application/dispatch/derived-ids';
import { createCodec } from '#event-store/codec/codec';
import { PostgresLog } from '#event-store/postgres/postgres-log';
import { memoryKeys } from '#keys/memory-keys';
import { decidedExample } from '#testing/event-examples';
import { rounded } from './rounds';

const EVERY_MS = 10;
/** Of some thousand commands: the 99th percentile of some hundred is the fifth worst, and chance. */
const ALONE_MS = 30_000;

export const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
};

/** What a command costs besides its decision: its stream read, one event sealed and appended; a hundred begun each second. */
const load = async (log: PostgresLog, going: () => boolean, first: number): Promise<readonly number[]> => {
  const codec = createCodec(memoryKeys());
  const { event, meta } = decidedExample('OfferDrafted');
  const taken: number[] = [];
  const under: Promise<void>[] = [];
  const command = async (number: number): Promise<void> => {
    const began = performance.now();
    const id = uuidV5(meta.eventId, `command ${number}`);
    const stream = `offer-${id}` as StreamName;
    for await (const _ of log.readStream(stream)) break;
    await log.append(stream, 'none', [await codec.encode({ event, meta: { ...meta, stream, eventId: id as never } })]);
    taken.push(performance.now() - began);
  };
  for (let number = first; going(); number += 1) {
    under.push(command(number));
    await sleep(EVERY_MS);
  }
  await Promise.all(under);
  return taken;
};

/** The 99th percentile of commands beside a rebuild, and without it while a projector follows, in milliseconds. */
export const besideRebuild = async (
  url: string,
  rebuild: () => Promise<void>,
): Promise<{ readonly aloneP99Ms: number; readonly besideP99Ms: number }> => {
  const log = await PostgresLog.open(url);
  try {
    const until = Date.now() + ALONE_MS;
    const alone = await load(log, () => Date.now() < until, 0);
    let running = true;
    const rebuilding = rebuild().finally(() => (running = false));
    const beside = await load(log, () => running, 1_000_000);
    await rebuilding;
    return { aloneP99Ms: rounded(percentile(alone, 0.99)), besideP99Ms: rounded(percentile(beside, 0.99)) };
  } finally {
    await log.close();
  }
};
