import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SavoirsEvent } from '#domain/catalogue';
import type { Instant } from '#kernel/id';
import type { EventMeta } from '#kernel/message';
import { uuidV5 } from '#application/ids-from';
import { openForDemo } from '#apps/cli/demo/demo.module';
import { playDemo } from '#apps/cli/demo/play-demo';
import { readSettings } from '#apps/installation/settings';
import type { RecordedEvent } from '#event-store/codec.port';
import { createCodec } from '#event-store/codec/codec';
import { START, type EventLog, type EventToAppend } from '#event-store/log.port';
import { MemoryLog } from '#event-store/memory/memory-log';
import { memoryKeys } from '#keys/memory-keys';
import type { StreamName } from '#kernel/id';
import type { CheckRun } from '../check';
import { onGround } from './ground';

/** A history always ends here: the day on which a check runs must not matter. */
const UNTIL = '2026-11-01T00:00:00.000Z' as Instant;

/** Texts of persons in clear: whoever writes them again seals them again. */
const playedDemo = ({ seed, sizes, signal }: CheckRun): Promise<readonly RecordedEvent[]> =>
  onGround(async (ground) => {
    const folder = mkdtempSync(join(tmpdir(), 'savoirs-check-'));
    try {
      const settings = readSettings({ DATABASE_URL: (await ground.postgres()).url, SAVOIRS_DATA: folder });
      const installation = await openForDemo(settings, { warn: () => undefined, log: new MemoryLog() });
      try {
        const { members = 60, months = 3 } = sizes;
        await playDemo(installation, { members, months, seed, until: UNTIL, signal });
        const events: RecordedEvent[] = [];
        for await (const stored of installation.log.readAll({ after: START })) events.push(await installation.codec.reveal(stored));
        return events;
      } finally {
        await installation.close();
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

const UUIDS = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** The same event in another network: every id in it is another, and the same in all events of that network. */
const moved = (event: RecordedEvent, idFor: (id: string) => string): { readonly event: SavoirsEvent; readonly meta: EventMeta } => {
  const { type, data, meta } = JSON.parse(JSON.stringify(event).replace(UUIDS, idFor)) as RecordedEvent;
  // what the codec checks again
  return { event: { type, data } as unknown as SavoirsEvent, meta };
};

/** The demo's events, again and again in other networks, through the codec. */
async function* demoMix(run: CheckRun): AsyncGenerator<EventToAppend & { readonly stream: StreamName }> {
  const events = await playedDemo(run);
  const codec = createCodec(memoryKeys());
  for (let network = 0, given = 0; given < run.count; network += 1) {
    const ids = new Map<string, string>();
    const idFor = (id: string): string => ids.get(id) ?? (ids.set(id, uuidV5(id, `network ${network}`)), ids.get(id)!);
    for (const event of events) {
      if ((given += 1) > run.count) return;
      const decided = moved(event, idFor);
      yield { ...(await codec.encode(decided)), stream: decided.meta.stream };
    }
  }
}

const AT_ONCE = 200;

/** Fills an empty log in PostgreSQL with `count` events of the demo's mix. */
export const fillWithDemo = async (log: EventLog, run: CheckRun): Promise<void> => {
  let waiting: (EventToAppend & { readonly stream: StreamName })[] = [];
  const flush = async (): Promise<void> => {
    for (const { outcome } of await Promise.all(waiting.map((event) => log.append(event.stream, 'any', [event]))))
      if (outcome !== 'appended') throw new Error(`an append answered ${outcome}`);
    waiting = [];
    run.signal.throwIfAborted();
  };
  for await (const event of demoMix(run)) if (waiting.push(event) === AT_ONCE) await flush();
  await flush();
};
