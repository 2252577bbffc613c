import { START } from '../log.port';
import { aStream, anEvent } from '../contract/subject';
import { PostgresLog } from './postgres-log';

/** One more process that writes: says "ready", starts when its standard input closes, and tells what was acknowledged. */
const write = async (url: string, count: number): Promise<void> => {
  const log = await PostgresLog.open(url);
  console.log('ready');
  for await (const _ of process.stdin);
  const acknowledged: string[] = [];
  const streams = Array.from({ length: 10 }, () => aStream());
  const writeOne = async (stream: (typeof streams)[number]): Promise<void> => {
    for (let n = 0; n < count / streams.length; n += 1) {
      const event = anEvent();
      const result = await log.append(stream, n === 0 ? 'none' : n - 1, [event]);
      acknowledged.push(`${result.outcome === 'appended' ? result.position : START} ${event.eventId}`);
    }
  };
  await Promise.all(streams.map(writeOne));
  await log.close();
  console.log(JSON.stringify(acknowledged));
};

void write(process.argv[2] ?? '', Number(process.argv[3]));
