import { createCodec } from '#event-store/codec/codec';
import { memoryKeys } from '#keys/memory-keys';
import { exchangeStreamsModel } from '#projections/exchange-streams/exchange-streams.table';
import { startRuntime } from '#read-store/subscriptions/runtime';
import type { AuditedExchange } from './exchange-replays';
import { settle } from '../runner/bench-database';
import type { Subject } from '../contenders/rebuild-all';
import { fillLog } from '../data/demo-log';

type Written = Parameters<typeof fillLog>[1];

export interface AuditedLog extends Subject {
  readonly url: string;
  /** Events in it. */
  readonly size: number;
}

/** Side by side: what is compared was measured in the same minutes. */
export interface AuditedLogs {
  readonly small: AuditedLog;
  /** Five times as large. */
  readonly large: AuditedLog;
}

/** Fills an empty log, and makes the index by which an exchange is audited in it. */
export const fillAudited = async ({ log, pool, size }: AuditedLog, events: Written): Promise<void> => {
  await fillLog(pool, events, { from: 0, to: size });
  const clock = { now: () => '2026-01-01T00:00:00.000Z' as never };
  const following = { readModels: [exchangeStreamsModel], processes: [], personalTexts: false, mode: 'driven' } as const;
  const runtime = await startRuntime({ log, codec: createCodec(memoryKeys()), pool, clock, ...following });
  await runtime.drain();
  await runtime.stop();
  await pool.query('vacuum (analyze)');
  await settle(pool);
};

/** So many exchanges, from all over a log. */
export const exchangesIn = async ({ pool, size }: AuditedLog, count: number): Promise<readonly AuditedExchange[]> => {
  const next = `select data from log.events where type = 'ExchangeAgreed' and position > $1::bigint * n / $2 order by position limit 1`;
  const sql = `select distinct (${next}) as data from generate_series(0, $2 - 1) as n`;
  const { rows } = await pool.query<{ data: string | null }>(sql, [size, count]);
  return rows.flatMap(({ data }) => (data === null ? [] : [JSON.parse(data) as AuditedExchange]));
};
