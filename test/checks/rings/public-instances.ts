import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { highsSolver } from '#highs/highs-solver';
import { ringCover } from '#matching/exact/ring-cover';
import type { Check, CheckResult, CheckRun } from '../runner/check';
import { FormatRefused, readKidneyExchange } from './kidney-files';
import { publishedOptima } from './published-optima';
import { faultsIn } from './validity';

const FOLDER = 'KIDNEY_EXCHANGE_FOLDER';

const nowNamed = (file: string): string => basename(file, '.wmd').replace(/^MD-00001-/, '00036-');

const solved = async (folder: string, file: string, { count, progress, signal }: CheckRun): Promise<readonly string[] | null> => {
  const optima = publishedOptima.filter(({ instance }) => instance === nowNamed(file)).slice(0, count);
  if (optima.length === 0) return null;
  const dat = await readFile(join(folder, file.replace(/wmd$/, 'dat')), 'utf8').catch(() => null);
  const { graph } = readKidneyExchange(await readFile(join(folder, file), 'utf8'), dat);
  const solve = await highsSolver();
  const found: string[] = [];
  for (const { limits, weight } of optima) {
    await turn();
    if (signal.aborted) break;
    const rings = ringCover(graph, { limits, seed: null, by: 'weight' }, solve);
    const ours = rings.flatMap(({ arcs }) => arcs).reduce((sum, arc) => sum + arc.weight, 0);
    const told = `${file}, cycles of ${limits.longestCycle}, chains of ${limits.longestChain}: ${ours}, published ${weight}`;
    progress(told);
    found.push(...(ours === weight ? [] : [told]), ...faultsIn(graph, limits, rings).map((fault) => `${told}: ${fault}`));
  }
  return found;
};

const run = async (asked: CheckRun): Promise<CheckResult> => {
  const folder = process.env[FOLDER] ?? '';
  const files = (await readdir(folder)).filter((name) => name.endsWith('.wmd')).sort();
  const findings: string[] = [];
  let instances = 0;
  for (const file of files) {
    if (asked.signal.aborted) break;
    const found = await solved(folder, file, asked).catch((fault: unknown) => {
      if (fault instanceof FormatRefused) return [`${file}: ${fault.message}`];
      throw fault;
    });
    if (found === null) asked.progress(`${file}: no published optimum is known here`);
    else {
      instances += 1;
      findings.push(...found);
    }
  }
  if (instances === 0) findings.push(`no file in ${FOLDER} has a published optimum`);
  return { counts: { differences: findings.length }, figures: { instances }, findings };
};

/** `--real`: public instances in a folder, beside the optima that others published. */
export const publicInstances: NonNullable<Check['real']> = {
  defaultCount: 4,
  missing: (env) => (env[FOLDER] ? undefined : `${FOLDER} names no folder: docs/matching/kidney-exchange.md says how to get the instances`),
  run,
};
