import { BUGS } from './bugs';
import type { Report } from './messages';
import { play } from './play';
import { Stage } from './stage';
import type { Finding } from './tally';
import { VirtualTime } from './virtual-time';

/** A process that plays one schedule after the other: its time is theirs, and nobody else's errors end in it. */
const work = (): void => {
  Error.stackTraceLimit = 4; // thousands of errors are expected, and their traces cost more than they
  const time = new VirtualTime();
  const stage = new Stage(time);
  const unhandled: Finding[] = [];
  for (const name of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(name, (error: unknown) =>
      unhandled.push({ count: 'unhandled', what: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  const planted = BUGS.find(({ bug }) => bug === process.argv[2]);
  planted?.plant?.();
  time.install();
  process.on('disconnect', () => process.exit());
  process.on('message', (seed: number) => {
    void play(seed, stage, planted).then(({ findings, figures }) => {
      const report: Report = { seed, findings: [...findings, ...unhandled.splice(0)], figures };
      process.send?.(report);
    });
  });
};

work();
