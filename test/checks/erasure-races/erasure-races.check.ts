import type { Check, CheckRun } from '../runner/check';
import { judged, type Report } from '../runner/schedules';
import { countsOf, plantEach } from '../runner/self-test';
import { MUTANTS } from './mutants';
import { play } from './play';
import { scheduleOf, told } from './schedule';
import { openWorld, type World } from './world';

const inWorld = async <T>(work: (world: World) => Promise<T>): Promise<T> => {
  const world = await openWorld();
  try {
    return await work(world);
  } finally {
    await world.close();
  }
};

const tell = (seed: number): string => told(scheduleOf(seed));

const run = ({ seed, count, signal, progress }: CheckRun) =>
  inWorld(async (world) => {
    const reports: Report[] = [];
    for (let n = seed; n < seed + count && !signal.aborted; n += 1) {
      const report = await play(world, scheduleOf(n));
      reports.push(report);
      if (report.findings.length > 0) progress(`${tell(n)}: ${report.findings[0]?.what}`);
    }
    return { ...judged(reports, ['readable', 'stuck'], tell), figures: { erasures: reports.length } };
  });

const selfTest = (asked: CheckRun) =>
  inWorld((world) =>
    plantEach(MUTANTS, asked, async (mutant, n) =>
      countsOf((await play(world, { ...scheduleOf(asked.seed + n), ...mutant.shows }, mutant)).findings),
    ),
  );

export const erasureRacesCheck: Check = {
  name: 'erasure-races',
  about: 'erasures while read models stand still, others write, and the process that erases is killed; --count erasures',
  defaultCount: 60,
  logs: ['memory'],
  sizes: {},
  run,
  selfTest,
};
