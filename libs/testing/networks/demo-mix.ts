import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { uuidV5 } from '#application/dispatch/derived-ids';
import { openForDemo } from '#apps/demo/open-for-demo';
import { playDemo } from '#apps/demo/play-demo';
import { readSettings } from '#apps/installation/settings';
import type { RecordedEvent } from '#event-store/codec.port';
import { START } from '#event-store/log.port';
import { MemoryLog } from '#event-store/memory/memory-log';
import type { Instant } from '#kernel/id';

/** A history always ends here: the day on which somebody runs it must not matter. */
const UNTIL = '2026-11-01T00:00:00.000Z' as Instant;

export interface DemoPlayed {
  /** A database for the read models that the demo's processes ask. */
  readonly url: string;
  readonly members: number;
  readonly months: number;
  readonly seed: number;
  readonly signal: AbortSignal;
}

/** A demo's events; texts of persons in clear: whoever writes them again seals them again. */
export const playedDemo = async ({ url, ...played }: DemoPlayed): Promise<readonly RecordedEvent[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'savoirs-demo-'));
  try {
    const settings = readSettings({ DATABASE_URL: url, SAVOIRS_DATA: folder });
    const installation = await openForDemo(settings, { warn: () => undefined, log: new MemoryLog() });
    try {
      await playDemo(installation, { ...played, until: UNTIL });
      const events: RecordedEvent[] = [];
      for await (const stored of installation.log.readAll({ after: START })) events.push(await installation.codec.reveal(stored));
      return events;
    } finally {
      await installation.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const UUIDS = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** Moves texts to another network: every id in them but `kept` is another, and the same wherever it stands. */
export const intoNetwork = (network: number, kept: readonly string[] = []): ((text: string) => string) => {
  const ids = new Map(kept.map((id) => [id, id]));
  const idFor = (id: string): string => ids.get(id) ?? (ids.set(id, uuidV5(id, `network ${network}`)), ids.get(id)!);
  return (text) => text.replace(UUIDS, idFor);
};
