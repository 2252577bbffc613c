import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');
const planted = join(__dirname, 'planted');
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

const files = (folder: string, below = ''): readonly string[] =>
  readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? files(folder, join(below, entry.name)) : [join(below, entry.name)],
  );
const named = (violations: readonly Violation[]): readonly string[] => [...new Set(violations.map(({ from }) => from))].sort();
const wrong = files(planted).filter((name) => /(imports|circle)-/.test(name));

describe('who may import whom', () => {
  const report = cruise(
    planted,
    layers.filter((name) => readdirSync(planted).includes(name)),
  );

  it.each(wrong)('catches the planted %s', (name) => {
    expect(named(report.violations)).toContain(name);
  });

  it('lets every rightful planted file pass', () => {
    expect(named(report.violations)).toEqual([...wrong].sort());
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
