import { expectAllCaught, smallRun } from '../runner/small-run';
import { MUTANTS } from './mutants';
import { huntAmong, projectionsCheck } from './projections.check';
import { scheduleOf } from './schedule';

const small = (count: number) => smallRun({ count, sizes: { workers: 2 } });

jest.setTimeout(900_000);

/** More than the 400 within which the self-test must catch a planted bug; a fortieth of what the check itself plays. */
const IN_THE_GATE = 500;

it('holds at every commit what the log folds to, whatever strikes the workers, the database and the log', async () => {
  const { counts, findings, figures } = await projectionsCheck.run(small(IN_THE_GATE));
  expect(findings).toEqual([]);
  expect(counts).toEqual({ lost: 0, doubled: 0, reordered: 0, differences: 0, ahead: 0, wentBack: 0, unfenced: 0, stuck: 0, unhandled: 0 });
  expect(figures['schedules']).toBe(IN_THE_GATE);
  expect(figures['faults']).toBeGreaterThan(IN_THE_GATE);
});

it('catches the bugs that show soon; its self-test hunts the rare ones, too', async () => {
  const common = MUTANTS.filter(({ rare }) => !rare);
  expect(MUTANTS.length).toBeGreaterThanOrEqual(10);
  expectAllCaught(await huntAmong(common, small(1)), common.length);
});

it('draws the same schedule from the same seed', () => {
  expect(scheduleOf(7)).toEqual(scheduleOf(7));
  expect(scheduleOf(7)).not.toEqual({ ...scheduleOf(8), seed: 7 });
});
