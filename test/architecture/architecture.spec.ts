import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { imports } from '../../package.json';
import { plantedFiles, wrongFiles } from './planted';

const root = join(__dirname, '..', '..');
const layers = ['libs', 'projections', 'apps', 'test', 'bench'];

interface Violation {
  readonly from: string;
  readonly to: string;
  readonly rule: { readonly name: string };
}
interface Report {
  readonly summary: { readonly totalCruised: number; readonly totalDependenciesCruised: number; readonly violations: readonly Violation[] };
}

/** The tool's own command line, as in the gate: its API is ESM only. */
const cruise = (tree: string, folders: readonly string[]): Report['summary'] => {
  const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [program, '--config', join(root, '.dependency-cruiser.js'), '--output-type', 'json', ...folders];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: tree, encoding: 'utf8', maxBuffer: 200_000_000 });
  if (stdout === '') throw new Error(stderr);
  return (JSON.parse(stdout) as Report).summary;
};

/** A tree of its own, which finds the same packages under the same aliases. */
const plant = (): string => {
  const tree = mkdtempSync(join(tmpdir(), 'savoirs-planted-'));
  for (const [path, text] of [...plantedFiles(), ['package.json', JSON.stringify({ name: 'planted', imports })] as const]) {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), text);
  }
  symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));
  return tree;
};
const named = (violations: readonly Violation[]): readonly string[] => [...new Set(violations.map(({ from }) => from))].sort();

describe('who may import whom', () => {
  const tree = plant();
  const report = cruise(tree, ['libs', 'projections', 'apps', 'test']);
  afterAll(() => rmSync(tree, { recursive: true }));

  it.each(wrongFiles)('catches the planted %s', (name) => {
    expect(named(report.violations)).toContain(name);
  });

  it('lets every rightful planted file pass', () => {
    expect(named(report.violations)).toEqual(wrongFiles);
  });

  it('calls a circle a circle, at one of its files', () => {
    expect(named(report.violations.filter(({ rule }) => rule.name === 'no-circular'))).toEqual(['libs/domain/circle-a.ts']);
  });
});

it('finds nothing in the real tree, and does look at it', () => {
  const report = cruise(root, layers);
  expect(report.violations.map(({ from, to, rule }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
  expect(report.totalDependenciesCruised).toBeGreaterThan(1000);
});
