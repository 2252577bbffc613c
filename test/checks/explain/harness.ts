import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QueryBus } from '@nestjs/cqrs';
import type { Instant } from '#kernel/id';
import { queriesOf } from '#apps/cli/show/queries.module';
import { openForDemo } from '#apps/demo/open-for-demo';
import { playDemo } from '#apps/demo/play-demo';
import type { Installation } from '#apps/installation/installation';
import { readSettings } from '#apps/installation/settings';
import { START } from '#event-store/log.port';
import type { Fact } from '#test/oracle/facts/question';
import type { CheckRun } from '../runner/check';
import { emptyDatabase } from '../runner/empty-database';
import { queriedAnswers, type AnswersAt } from './answers';

/** A history always ends here: the day on which a check runs must not matter. */
const UNTIL = '2026-11-01T00:00:00.000Z' as Instant;

/** A demo that was played: its log, decoded, and who answers for it. */
export interface Population {
  readonly log: readonly Fact[];
  readonly answersAt: AnswersAt;
}

const logOf = async ({ log, codec }: Installation, networkId: string): Promise<readonly Fact[]> => {
  const facts: Fact[] = [];
  for await (const stored of log.readAll({ after: START })) {
    const fact = codec.decode(stored);
    if (fact.meta.network === networkId) facts.push(fact);
  }
  return facts;
};

const onEmpty = async <T>(work: (installation: Installation) => Promise<T>): Promise<T> => {
  const database = await emptyDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'savoirs-check-'));
  try {
    const installation = await openForDemo(readSettings({ DATABASE_URL: database.url, SAVOIRS_DATA: folder }), { warn: () => undefined });
    return await work(installation).finally(() => installation.close());
  } finally {
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Plays a seed's history through the use cases, and asks the read models that followed it. */
export const withPopulation = <T>({ seed, sizes, signal }: CheckRun, work: (population: Population) => Promise<T>): Promise<T> =>
  onEmpty(async (installation) => {
    const { members = 120, months = 15 } = sizes;
    const { networkId } = await playDemo(installation, { members, months, seed, until: UNTIL, signal });
    signal.throwIfAborted();
    const queries = await queriesOf(installation);
    try {
      return await work({ log: await logOf(installation, networkId), answersAt: queriedAnswers(queries.get(QueryBus), networkId) });
    } finally {
      await queries.close();
    }
  });
