import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BundleRefused } from '#audit/bundle/bundle';
import { bundleText } from '#audit/bundle/make-bundle';
import { verifyBundle } from '#audit/bundle/verify-bundle';
import { exportTiles } from '#audit/export/tiles-folder';
import { verifierKeyText } from '#audit/notes/note-key';
import { seededRandom } from '#apps/demo/seeded-random';
import type { Check, CheckResult, CheckRun } from '../runner/check';
import { plantEach } from '../runner/self-test';
import { logKey, signedLog } from '../tamper/signed-log';
import { broken, pathsIn } from './broken';
import { bundleOf } from './bundles';
import { answersOf, goVerifier, python, site } from './others';
import { mutants, type Judge } from './mutants';

const { signal: never } = new AbortController();
/** In the words of programs that answer in lines: "ok", or "refused: FIELD: what is wrong with it". */
const oursSays = (text: string): string => {
  try {
    return (verifyBundle(text), 'ok');
  } catch (fault) {
    if (fault instanceof BundleRefused) return `refused: ${fault.message}`;
    throw fault;
  }
};

const ours: Judge = (text) => oursSays(text) === 'ok';

interface Case {
  readonly what: string;
  readonly text: string;
  readonly isWhole: boolean;
}

/** One in four is whole; the others are broken in one field after the other. */
const casesOf = async (seed: number, count: number): Promise<readonly Case[]> => {
  const log = await signedLog(seed, 'verifiers', { events: 300, every: 300 });
  const cases: Case[] = [];
  for (let n = 0; n < count; n += 1) {
    const chance = seededRandom(seed + n, 'bundle');
    const bundle = await bundleOf(log, chance);
    const paths = pathsIn(bundle);
    const path = paths[n % paths.length]!;
    if (n % 4 === 0) cases.push({ what: 'whole', text: bundleText(bundle), isWhole: true });
    else
      cases.push({ what: `bundle ${n}, broken at ${path.join('.')}`, text: JSON.stringify(broken(bundle, path, chance)), isWhole: false });
  }
  return cases;
};

const judgedBy = (judge: Judge, cases: readonly Case[]): readonly string[] =>
  cases.flatMap(({ what, text, isWhole }) => (judge(text) === isWhole ? [] : [`ours ${isWhole ? 'refuses' : 'takes'} ${what}`]));

const inFolder = async <T>(work: (folder: string) => Promise<T>): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), 'savoirs-verifiers-'));
  return work(folder).finally(() => rm(folder, { recursive: true }));
};

const FIELD = /^refused: ([^:]+):/;
const fieldIn = (answer: string): string => FIELD.exec(answer)?.[1] ?? '';

/** Python's, whose fields are named more or less finely; and the site's, which must find the same fault at the same place as ours. */
const byOthers = (cases: readonly Case[]): Promise<{ readonly findings: readonly string[]; readonly isPythonHere: boolean }> =>
  inFolder(async (folder) => {
    const paths = cases.map((_, n) => join(folder, `${n}.json`));
    for (const [n, path] of paths.entries()) await writeFile(path, cases[n]!.text);
    const [byPython, bySite] = [await answersOf(python, paths), await answersOf(site, paths)];
    const findings = cases.flatMap(({ what, text, isWhole }, n) => {
      const ofSite = bySite?.[n] ?? 'no answer';
      const told = [...(byPython === null ? [] : [[python.name, byPython[n]!] as const]), [site.name, ofSite] as const];
      return [
        ...told.flatMap(([name, answer]) =>
          (answer === 'ok') === isWhole ? [] : [`${name} ${isWhole ? 'refuses' : 'takes'} ${what}: ${answer}`],
        ),
        ...(fieldIn(ofSite) === fieldIn(oursSays(text)) ? [] : [`${what}: the site’s finds ${ofSite}, ours ${oursSays(text)}`]),
      ];
    });
    return { findings, isPythonHere: byPython !== null };
  });

const SIZES = [1, 2, 255, 256, 257, 700];

/** Tiles of trees of several sizes, by Go's own packages; null: there is no Go here. */
const byGo = (seed: number): Promise<readonly string[] | null> =>
  inFolder(async (folder) => {
    const go = await goVerifier(folder);
    if (go === null) return null;
    const found: string[] = [];
    for (const size of SIZES) {
      const { log, store, checkpoints } = await signedLog(seed, 'tiles', { events: size, every: size });
      const tiles = join(folder, `tiles-${size}`);
      await mkdir(tiles);
      await exportTiles({ log, store, checkpoint: checkpoints.at(-1)!, folder: tiles, signal: never });
      const answer = await go(verifierKeyText(logKey), tiles);
      if (answer !== `ok ${size}`) found.push(`Go, a tree of ${size}: ${answer}`);
    }
    return found;
  });

/** Said wherever the check runs, in the gate, too: it goes on with the others, and leaves nobody to believe that all were asked. */
export const WITHOUT_PYTHON = 'There is no python3 here: the verdict of the verifier in Python is left out.';

const run = async ({ seed, count, progress }: CheckRun): Promise<CheckResult> => {
  const cases = await casesOf(seed, count);
  progress(`${cases.length} files of evidence, for ours, Python’s and the site’s`);
  const [others, go] = [await byOthers(cases), await byGo(seed)];
  if (!others.isPythonHere) progress(WITHOUT_PYTHON);
  if (go === null) progress('There is no Go here, or not its x/mod: its verdict is left out.');
  const findings = [...judgedBy(ours, cases), ...others.findings, ...(go ?? [])];
  return {
    counts: { disagreements: findings.length },
    figures: {
      bundles: cases.length,
      whole: cases.filter(({ isWhole }) => isWhole).length,
      byPython: others.isPythonHere ? cases.length : 0,
      treesByGo: go === null ? 0 : SIZES.length,
    },
    findings,
  };
};

const SELF_TEST_CASES = 400;

export const verifiersCheck: Check = {
  name: 'verifiers',
  about:
    'our verifier, one in plain Python, the site’s and, where it is installed, Go’s sumdb agree on evidence, whole and broken in each field; count: files',
  defaultCount: 1_000,
  logs: ['memory'],
  sizes: {},
  run,
  selfTest: async (asked) => {
    const cases = await casesOf(asked.seed, SELF_TEST_CASES);
    return plantEach(mutants(ours), asked, async ({ judge }) => (judgedBy(judge, cases).length > 0 ? ['disagreements'] : []));
  },
};
