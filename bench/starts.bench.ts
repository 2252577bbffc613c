import { packageRoot } from '#apps/api/http/package-root';
import { freePort } from '#testing/processes/free-port';
import { processorMs, readyMs, type Started } from './contenders/started';
import { installedPlace } from './runner/api-process';
import { beforeBuild } from './runner/before-build';
import type { Bench, BenchResult, BenchRun } from './runner/bench';
import { benchDatabase } from './runner/bench-database';
import { interleaved, rounded } from './runner/rounds';

const ROUNDS = 5;
const LIST = ['projections', 'list'] as const;

const demoOf = (members: number): readonly string[] => ['--members', String(members), '--months', '1'];

/** A build with a demo in a database whose server runs, for calls; and one in a folder of its own, whose server `npm start` starts. */
interface Build {
  readonly called: Started;
  readonly started: Started;
  remove(): Promise<void>;
}

const withDemos = async (root: string, { size, progress }: BenchRun): Promise<Build> => {
  const database = await benchDatabase();
  const [place, folder] = [installedPlace(database.url), installedPlace('')];
  const { DATABASE_URL: _, ...embedded } = folder.env;
  const build = {
    called: { root, env: place.env },
    started: { root, env: { ...embedded, PORT: String(await freePort()) } },
    remove: async () => {
      for (const one of [place, folder]) one.remove();
      await database.drop();
    },
  };
  progress(`two demos of ${size} members are played by ${root}`);
  try {
    await processorMs(build.called, 'data', 'demo', ...demoOf(size));
    await readyMs(build.started, ...demoOf(size));
    return build;
  } catch (fault) {
    await build.remove();
    throw fault;
  }
};

const measure = async (now: Build, before: Build, run: BenchRun): Promise<BenchResult> => {
  const figures = await interleaved(
    {
      listProcessorMs: () => processorMs(now.called, ...LIST),
      listBeforeProcessorMs: () => processorMs(before.called, ...LIST),
      helpProcessorMs: () => processorMs(now.called, '--help'),
      readyMs: () => readyMs(now.started),
      readyBeforeMs: () => readyMs(before.started),
    },
    run,
    ROUNDS,
  );
  return {
    figures,
    ratios: {
      listToBefore: rounded(figures.listProcessorMs / figures.listBeforeProcessorMs),
      readyToBefore: rounded(figures.readyMs / figures.readyBeforeMs),
    },
  };
};

export const startsBench: Bench = {
  name: 'starts',
  about:
    'a call of `savoirs`, and `npm start` on an unchanged tree with a demo there until it is ready, beside those of commit 694c4ce; ' +
    'size: members of the demo',
  defaultSize: 40,
  run: async (run) => {
    const before = await withDemos(await beforeBuild(run), run);
    try {
      const now = await withDemos(packageRoot(__dirname), run);
      return await measure(now, before, run).finally(now.remove);
    } finally {
      await before.remove();
    }
  },
};
