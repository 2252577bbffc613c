import { randomUUID } from 'node:crypto';
import type { EventId, StreamName } from '#kernel/id';
import type { EventLog, EventToAppend } from '#event-store/log.port';

/** One event, and where in its stream it goes. */
export interface SingleAppend {
  readonly stream: StreamName;
  readonly revision: number;
  readonly event: EventToAppend;
}

/** A stream's length in use: a member's, a match's, an exchange's. */
const STREAM_LENGTH = 10;

const META = JSON.stringify({
  actor: { id: '0b9f6c1e-2f7d-4c63-9a52-5c3f2d1e8a70', role: 'member' },
  causationId: '4e1d7a55-2b8c-4f0e-8f6b-1d2c3b4a5968',
  commandId: '4e1d7a55-2b8c-4f0e-8f6b-1d2c3b4a5968',
  correlationId: '4e1d7a55-2b8c-4f0e-8f6b-1d2c3b4a5968',
  network: 'c7a0e1f2-93b4-4d5c-8e6f-708192a3b4c5',
  occurredAt: '2026-03-01T09:00:00.000Z',
  recordedAt: '2026-03-01T09:00:00.000Z',
});
const DATA = JSON.stringify({
  exchangeId: '1f2e3d4c-5b6a-4798-8897-a6b5c4d3e2f1',
  minutes: 60,
  note: 'x'.repeat(120),
  start: '2026-03-01T09:00:00.000Z',
});

/** Streams take turns in blocks as wide as what is under way at once, so that none of them is written twice at a time. */
export const singleAppends = (size: number): SingleAppend[] => {
  const streams = Array.from({ length: Math.ceil(size / STREAM_LENGTH) }, () => `exchange-${randomUUID()}` as StreamName);
  return Array.from({ length: size }, (_, index) => ({
    stream: streams[index % streams.length] as StreamName,
    revision: Math.floor(index / streams.length),
    event: { eventId: randomUUID() as EventId, type: 'SessionHeld', version: 1, meta: META, data: DATA },
  }));
};

/** All of `rows`, so many at once. */
export const eachAtOnce = async <Row>(rows: readonly Row[], atOnce: number, act: (row: Row) => Promise<void>): Promise<void> => {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let row = rows[next++]; row !== undefined; row = rows[next++]) await act(row);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
};

export const appendAll = (log: EventLog, rows: readonly SingleAppend[], atOnce: number): Promise<void> =>
  eachAtOnce(rows, atOnce, async ({ stream, revision, event }) => {
    const { outcome } = await log.append(stream, revision === 0 ? 'none' : revision - 1, [event]);
    if (outcome !== 'appended') throw new Error(`an append answered ${outcome}`);
  });
