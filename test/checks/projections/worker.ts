import { BUGS } from './bugs';
import type { Report } from './messages';
import { play } from './play';
import { installPlayTime } from './play-time';
import { Stage } from './stage';
import type { Finding } from './watch';

const NOTHING: Report['figures'] = { events: 0, turns: 0, looks: 0, struck: 0, parked: 0 };

const findingOf = (error: unknown): Finding => ({
  count: 'unhandled',
  what: error instanceof Error ? (error.stack ?? error.message) : String(error),
});

/** A process that plays one schedule after the other on tables of its own: its time is theirs. */
const work = async (): Promise<void> => {
  const [url = '', name = '', bug] = process.argv.slice(2);
  const stage = await Stage.open(url, name);
  const unhandled: Finding[] = [];
  for (const event of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(event, (error: unknown) => unhandled.push(findingOf(error)));
  const planted = BUGS.find((one) => one.bug === bug);
  planted?.plant?.();
  installPlayTime();
  process.on('disconnect', () => process.exit());
  process.on('message', (seed: number) => {
    const playing = play(seed, stage, planted).catch((error: unknown) => ({ findings: [findingOf(error)], figures: NOTHING }));
    void playing.then(({ findings, figures }) => {
      const report: Report = { seed, findings: [...findings, ...unhandled.splice(0)], figures };
      process.send?.(report);
    });
  });
  process.send?.('ready');
};

void work();
