import { Client } from 'pg';
import { copyLog } from '#event-store/copy/log-copy';
import { proveBoth, provesEqual } from '#event-store/copy/proof';
import type { CheckRun, Caught } from '../runner/check';
import { mustBeClean, plantEach, type Mutant } from '../runner/self-test';
import { fillWithDemo } from './workload';
import { withScratchLogs, type ScratchLog } from '../runner/scratch-logs';
import { checkCopy, type CopyDifferences } from './invariants';

const COLUMNS = 'position, revision, version, event_id, stream, type, meta, data';
const MIDDLE = 'position = (select max(position) / 2 from log.events)';
const changed = (field: 'meta' | 'data'): string => `${field} = overlay(${field} placing '#' from length(${field}) / 2 for 1)`;
/** A neighbour of another stream follows it. */
const FIRST = `(select min(a.position) from public.whole a join public.whole b on b.position = a.position + 1 and a.stream <> b.stream
  where a.position > 9)`;

const MUTANTS: readonly (Mutant & { readonly sql: readonly string[] })[] = [
  { bug: 'one byte of data is another', sql: [`update log.events set ${changed('data')} where ${MIDDLE}`] },
  { bug: 'one byte of meta is another', sql: [`update log.events set ${changed('meta')} where ${MIDDLE}`] },
  {
    bug: 'a character of meta stands in data',
    sql: [`update log.events set meta = left(meta, -1), data = right(meta, 1) || data where ${MIDDLE}`],
  },
  { bug: 'a version is another', sql: [`update log.events set version = version + 1 where ${MIDDLE}`] },
  {
    bug: 'two events are swapped',
    sql: [
      `update log.events set position = -(2 * ${FIRST} + 1 - position) where position in (${FIRST}, ${FIRST} + 1)`,
      'update log.events set position = -position where position < 0',
    ],
  },
  { bug: 'the last event is missing', sql: ['delete from log.events where position = (select max(position) from log.events)'] },
  { bug: 'an event in the middle is missing', sql: [`delete from log.events where ${MIDDLE}`] },
  {
    bug: 'an event is there twice',
    sql: [
      `insert into log.events (${COLUMNS})
       select (select max(position) from log.events) + 1, (select max(revision) from log.events o where o.stream = e.stream) + 1,
         version, event_id, stream, type, meta, data from log.events e where ${MIDDLE}`,
    ],
  },
];

const told = async (source: ScratchLog, copy: ScratchLog, signal: AbortSignal): Promise<readonly string[]> => {
  const proofs = await proveBoth({ source: source.log, target: copy.log, signal });
  const verdict: CopyDifferences = await checkCopy(source.log, copy.log);
  const counts = (['lost', 'reordered', 'differences'] as const).filter((name) => verdict[name] > 0);
  return [...(provesEqual(proofs) ? [] : ['proof']), ...counts];
};

const LARGEST = 2_000;

/** Plants each bug in a copy at rest, by SQL, and takes it back. Only the proof counts as a catch: the judge's words stand beside it. */
export const testLogCopyCheck = (asked: CheckRun): Promise<readonly Caught[]> =>
  withScratchLogs(async (logs) => {
    const [source, copy] = [await logs.postgres(), await logs.postgres()];
    await fillWithDemo(source.log, { ...asked, count: Math.min(asked.count, LARGEST) });
    await copyLog({ source: source.log, target: copy.log, pace: 'in-one-transaction', signal: asked.signal });
    const client = new Client({ connectionString: copy.url });
    await client.connect();
    try {
      await client.query(
        'alter table log.events drop constraint events_event_id_key; create table public.whole as select * from log.events',
      );
      mustBeClean(await told(source, copy, asked.signal));
      return await plantEach(MUTANTS, asked, async ({ sql }) => {
        for (const statement of sql) await client.query(statement);
        const caughtBy = await told(source, copy, asked.signal);
        await client.query(`truncate log.events; insert into log.events (${COLUMNS}) select ${COLUMNS} from public.whole`);
        return caughtBy.includes('proof') ? caughtBy : [];
      });
    } finally {
      await client.end();
    }
  });
