/** Compiles before a start, and in the gate, only where a source is newer than what was compiled last: a start must not wait for nothing. */
const { spawnSync } = require('node:child_process');
const { existsSync, lstatSync, readdirSync, statSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');
const SOURCES = [
  ...['libs', 'apps', 'projections', 'test', 'bench', 'docs/openapi.json', 'docs/guides/site'],
  ...['package-lock.json', 'nest-cli.json', 'tsconfig.base.json', 'tsconfig.build.json'],
];

const changedAt = (path) => {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  return Math.max(found.mtimeMs, ...readdirSync(path).map((name) => changedAt(join(path, name))));
};

/** Made anew by each build that found nothing wrong; the compiler's own record is newer after one that failed, too. */
const link = join(root, 'node_modules', '.bin', 'savoirs');
const isThere = existsSync(join(root, 'dist', '.tsbuildinfo'));
const builtAt = isThere ? (lstatSync(link, { throwIfNoEntry: false })?.mtimeMs ?? 0) : 0;
if (Math.max(...SOURCES.map((path) => changedAt(join(root, path)))) > builtAt) {
  const { status } = spawnSync('npm', ['run', '-s', 'build'], { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  process.exitCode = status ?? 1;
}
