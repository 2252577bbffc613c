import { Client } from 'pg';
import { copyLog } from '#event-store/copy/log-copy';
import type { CheckRun, Planted } from '../check';
import { fillWithDemo } from './demo-mix';
import { onGround, type Place } from './ground';
import { judgeCopy, type Verdict } from './judge';
import { savoirs, toldProofs } from './savoirs';

const COLUMNS = 'position, revision, version, event_id, stream, type, meta, data';
const MIDDLE = 'position = (select max(position) / 2 from log.events)';
const changed = (field: 'meta' | 'data'): string => `${field} = overlay(${field} placing '#' from length(${field}) / 2 for 1)`;
/** A neighbour of another stream follows it. */
const FIRST = `(select min(a.position) from public.whole a join public.whole b on b.position = a.position + 1 and a.stream <> b.stream
  where a.position > 9)`;

const BUGS: readonly { readonly bug: string; readonly plant: readonly string[] }[] = [
  { bug: 'one byte of data is another', plant: [`update log.events set ${changed('data')} where ${MIDDLE}`] },
  { bug: 'one byte of meta is another', plant: [`update log.events set ${changed('meta')} where ${MIDDLE}`] },
  {
    bug: 'a character of meta stands in data',
    plant: [`update log.events set meta = left(meta, -1), data = right(meta, 1) || data where ${MIDDLE}`],
  },
  { bug: 'a version is another', plant: [`update log.events set version = version + 1 where ${MIDDLE}`] },
  {
    bug: 'two events are swapped',
    plant: [
      `update log.events set position = -(2 * ${FIRST} + 1 - position) where position in (${FIRST}, ${FIRST} + 1)`,
      'update log.events set position = -position where position < 0',
    ],
  },
  { bug: 'the last event is missing', plant: ['delete from log.events where position = (select max(position) from log.events)'] },
  { bug: 'an event in the middle is missing', plant: [`delete from log.events where ${MIDDLE}`] },
  {
    bug: 'an event is there twice',
    plant: [
      `insert into log.events (${COLUMNS})
       select (select max(position) from log.events) + 1, (select max(revision) from log.events o where o.stream = e.stream) + 1,
         version, event_id, stream, type, meta, data from log.events e where ${MIDDLE}`,
    ],
  },
];

/** Read through the copy's own program, and judged beside it. */
const told = async (source: Place, copy: Place): Promise<readonly string[]> => {
  const end = await savoirs('log', 'verify', '--from', source.url, '--to', copy.url, '--output', 'json').ended;
  const [one, other] = toldProofs(end);
  if (one === undefined || other === undefined || end.code !== (one.hash === other.hash ? 0 : 1))
    throw new Error(`the proof ended with ${end.code}: ${end.stderr}`);
  const verdict: Verdict = await judgeCopy(source.log, copy.log);
  const counts = (['lost', 'reordered', 'differences'] as const).filter((name) => verdict[name] > 0);
  return [...(end.code === 0 ? [] : ['proof']), ...counts];
};

const LARGEST = 2_000;

/** Plants each bug in a copy at rest, by SQL, and takes it back. Only the proof counts as a catch: the judge's words stand beside it. */
export const testLogCopyCheck = (asked: CheckRun): Promise<readonly Planted[]> =>
  onGround(async (ground) => {
    const [source, copy] = [await ground.postgres(), await ground.postgres()];
    await fillWithDemo(source.log, { ...asked, count: Math.min(asked.count, LARGEST) });
    await copyLog({ source: source.log, target: copy.log, pace: 'in-one-transaction', signal: asked.signal });
    const client = new Client({ connectionString: copy.url });
    await client.connect();
    try {
      await client.query(
        'alter table log.events drop constraint events_event_id_key; create table public.whole as select * from log.events',
      );
      const clean = await told(source, copy);
      if (clean.length > 0) throw new Error(`not right before any bug was planted: ${clean.join(', ')}`);
      const planted: Planted[] = [];
      for (const { bug, plant } of BUGS) {
        asked.signal.throwIfAborted();
        for (const statement of plant) await client.query(statement);
        const caughtBy = await told(source, copy);
        planted.push({ bug, caughtBy: caughtBy.includes('proof') ? caughtBy : [] });
        asked.progress(`planted: ${bug}: ${caughtBy.join(', ') || 'nobody noticed'}`);
        await client.query(`truncate log.events; insert into log.events (${COLUMNS}) select ${COLUMNS} from public.whole`);
      }
      return planted;
    } finally {
      await client.end();
    }
  });
