import { Pool } from 'pg';
import { createCodec } from '#event-store/codec/codec';
import { PostgresLog } from '#event-store/postgres/postgres-log';
import { memoryKeys } from '#keys/memory-keys';
import { dropSchema } from '#read-store/rebuild-from-zero';
import { startRuntime } from '#read-store/runtime';
import { exchangeHistoryModel } from '#projections/exchange-history/exchange-history.table';
import { trainingHoursModel } from '#projections/training-hours/training-hours.table';
import { benchDatabase } from '#bench/bench-database';
import { writeExchanges } from '#bench/exchange-events';
import { readFileSync } from 'node:fs';
import { START } from '#event-store/log.port';
import { emptyFolding, foldEvent } from '#read-store/fold';
const pgCpu = async (pool: Pool): Promise<number> => { const { rows } = await pool.query('select pid from pg_stat_activity'); let t = 0; for (const { pid } of rows) { try { const s = readFileSync(`/proc/${pid}/stat`,'utf8').split(') ')[1]!.split(' '); t += (Number(s[11])+Number(s[12]))*10; } catch {} } return t; };
import { Session } from 'node:inspector';import { writeFileSync } from 'node:fs';const ses = new Session(); ses.connect();
const main = async () => {
  const database = await benchDatabase();
  const pool = new Pool({ connectionString: database.url });
  pool.on('error', () => undefined);
  const times = new Map<string, [number, number]>();
  pool.on('connect', (c: any) => {
    const q = c.query.bind(c);
    c.query = (...a: any[]) => {
      const t = performance.now();
      const r = q(...a);
      if (typeof a[0] === 'string' && r?.then)
        r.then(
          () => {
            const k = a[0].slice(0, 60).replace(/\s+/g, ' ');
            const o = times.get(k) ?? [0, 0];
            times.set(k, [o[0] + 1, o[1] + performance.now() - t]);
          },
          () => 0,
        );
      return r;
    };
  });
  const log = await PostgresLog.open(database.url);
  const codec = createCodec(memoryKeys());
  await writeExchanges(log, codec, 3000);
  for (let i = 0; i < 3; i++) {
    await dropSchema(pool, 'rb');
    times.clear();
    const rt = await startRuntime({
      log,
      codec,
      pool,
      readModels: [exchangeHistoryModel, trainingHoursModel] as any,
      processes: [],
      clock: { now: () => 'x' as never },
      schema: 'rb',
      mode: 'driven',
      personalTexts: process.argv[2] === 'texts',
    });
    times.clear();
    const p0 = await pgCpu(pool); const t = performance.now();
    const c0 = process.cpuUsage();
    ses.post('Profiler.enable'); ses.post('Profiler.start'); await rt.drain(); ses.post('Profiler.stop', (_e: any, r: any) => writeFileSync('/tmp/rs/x'+i+'.cpuprofile', JSON.stringify(r.profile)));
    const d = performance.now() - t;
    const c = process.cpuUsage(c0);
    console.log('drain', d.toFixed(0), 'ms', ((33000 / d) * 1000).toFixed(0), 'ev/s cpu', ((c.user + c.system) / 1000).toFixed(0), 'pg', await pgCpu(pool) - p0);
    { const p1 = await pgCpu(pool); const c1=process.cpuUsage(); const t1=performance.now(); const fs=[exchangeHistoryModel,trainingHoursModel].map((m:any)=>({projection:m.projection,f:emptyFolding<unknown>()})); for await (const st of log.readAll({after:START})) { const e=codec.decode(st); for (const {projection,f} of fs) if (e.type in projection.handles) foldEvent(projection,f,e as never);} const c2=process.cpuUsage(c1); console.log('  floor', Math.round(performance.now()-t1), 'cpu', Math.round((c2.user+c2.system)/1000), 'pg', await pgCpu(pool)-p1); }
    for (const [k, [n, ms]] of [...times].sort((a, b) => b[1][1] - a[1][1]).slice(0, 9)) console.log('   ', n, ms.toFixed(0), k);
  }
  await log.close();
  await pool.end();
  await database.drop();
};
void main();
