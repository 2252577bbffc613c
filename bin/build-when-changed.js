/** Compiles before a start only where a source is newer than what was compiled last: a start must not wait for nothing. */
const { spawnSync } = require('node:child_process');
const { readdirSync, statSync, utimesSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');
const SOURCES = [
  ...['libs', 'apps', 'projections', 'test', 'bench'],
  ...['package-lock.json', 'nest-cli.json', 'tsconfig.base.json', 'tsconfig.build.json'],
];

const changedAt = (path) => {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  return Math.max(found.mtimeMs, ...readdirSync(path).map((name) => changedAt(join(path, name))));
};

const built = join(root, 'dist', '.tsbuildinfo');
if (Math.max(...SOURCES.map((path) => changedAt(join(root, path)))) > changedAt(built)) {
  const { status } = spawnSync('npm', ['run', '-s', 'build'], { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  process.exitCode = status ?? 1;
  // the compiler leaves it as it is where only comments changed
  if (status === 0) utimesSync(built, new Date(), new Date());
}
