import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BundleRefused, type Bundle } from '#audit/bundle/bundle';
import { bundleText, makeBundle } from '#audit/bundle/make-bundle';
import { verifyBundle } from '#audit/bundle/verify-bundle';
import { exportTiles } from '#audit/export/tiles-folder';
import { verifierKeyText } from '#audit/notes/note-key';
import { readNote, signNote, writeNote } from '#audit/notes/signed-note';
import { seededRandom, type SeededRandom } from '#apps/demo/seeded-random';
import type { Check, CheckResult, CheckRun } from '../runner/check';
import { plantEach } from '../runner/self-test';
import { logKey, signedLog, witnessKeys, type SignedLog } from '../tamper/signed-log';
import { broken, pathsIn } from './broken';
import { goVerifier, pythonVerifier } from './others';
import { mutants, type Judge } from './mutants';

const { signal: never } = new AbortController();
const WITHHELD = new Set(['EvaluationSubmitted']);

const bundleOf = async ({ log, store, events, checkpoints }: SignedLog, chance: SeededRandom): Promise<Bundle> => {
  const last = checkpoints.at(-1)!;
  const { text, signatures } = readNote(last.note);
  const witnesses = witnessKeys.slice(0, chance.whole(0, witnessKeys.length));
  const note = writeNote({ text, signatures: [...signatures, ...witnesses.map((key) => signNote(key, text, 1_700_000_000_000))] });
  const some = chance.shuffled(events).slice(0, chance.whole(1, 6));
  const parts = { log, store, key: logKey, witnesses, checkpoints: [{ ...last, note }], withheld: WITHHELD };
  return makeBundle(parts, some);
};

export const ours: Judge = (text) => {
  try {
    return (verifyBundle(text), true);
  } catch (fault) {
    if (fault instanceof BundleRefused) return false;
    throw fault;
  }
};

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

const byPython = (cases: readonly Case[]): Promise<readonly string[]> =>
  inFolder(async (folder) => {
    const paths = cases.map((_, n) => join(folder, `${n}.json`));
    for (const [n, path] of paths.entries()) await writeFile(path, cases[n]!.text);
    const answers = await pythonVerifier(paths);
    return cases.flatMap(({ what, isWhole }, n) =>
      (answers[n] === 'ok') === isWhole ? [] : [`Python ${isWhole ? 'refuses' : 'takes'} ${what}: ${answers[n]}`],
    );
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

const run = async ({ seed, count, progress }: CheckRun): Promise<CheckResult> => {
  const cases = await casesOf(seed, count);
  progress(`${cases.length} files of evidence, for ours and Python’s`);
  const [python, go] = [await byPython(cases), await byGo(seed)];
  if (go === null) progress('There is no Go here, or not its x/mod: its verdict is left out.');
  const findings = [...judgedBy(ours, cases), ...python, ...(go ?? [])];
  return {
    counts: { disagreements: findings.length },
    figures: { bundles: cases.length, whole: cases.filter(({ isWhole }) => isWhole).length, treesByGo: go === null ? 0 : SIZES.length },
    findings,
  };
};

const SELF_TEST_CASES = 400;

export const verifiersCheck: Check = {
  name: 'verifiers',
  about:
    'our verifier, one in plain Python and, where it is installed, Go’s sumdb agree on evidence, whole and broken in each field; count: files',
  defaultCount: 1_000,
  logs: ['memory'],
  sizes: {},
  run,
  selfTest: async (asked) => {
    const cases = await casesOf(asked.seed, SELF_TEST_CASES);
    return plantEach(mutants(ours), asked, async ({ judge }) => (judgedBy(judge, cases).length > 0 ? ['disagreements'] : []));
  },
};
