/**
 * The gate: each step in turn, all of them even when one fails. Every step counts as one and every test of Jest as one;
 * the last line on stdout is `N passed, N failed`, and the exit code is 0 only when nothing failed.
 */
const { spawn } = require('node:child_process');
const { mkdtempSync, readFileSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const root = join(__dirname, '..');
const scratch = mkdtempSync(join(tmpdir(), 'savoirs-gate-'));
const testReport = join(scratch, 'jest.json');

const bin = (name, ...args) => [join(root, 'node_modules', '.bin', name), ...args];
const node = (...args) => [process.execPath, ...args];

/** Rows come one after the other; the lanes of a row run side by side, and the steps of a lane in turn. */
const rows = [
  [[['build', node('bin/build-when-changed.js')]]],
  [
    // half of its time Jest waits for databases and processes
    [['tests', bin('jest', '--json', `--outputFile=${testReport}`)]],
    [
      ['format', bin('prettier', '--check', '--log-level', 'warn', '.')],
      ['lint', bin('eslint', '.')],
      ['types', bin('tsc', '-p', 'tsconfig.json')],
      ['types of the site', bin('tsc', '-p', 'apps/web')],
      ['architecture', bin('depcruise', '--config', '.dependency-cruiser.js', 'libs', 'projections', 'apps', 'test', 'bench')],
      ['unused', bin('knip')],
      ['generated documents', node('dist/test/docs/main.js', '--check')],
    ],
  ],
];

const run = ([name, [program, ...args]]) =>
  new Promise((resolve) => {
    const started = Date.now();
    const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, FORCE_COLOR: '0' } });
    let said = '';
    const live = name === 'tests';
    // Jest tells its progress on stderr; its stdout is the report that is read from the file
    child.stdout.on('data', (chunk) => live || (said += chunk));
    child.stderr.on('data', (chunk) => (live ? process.stderr.write(chunk) : (said += chunk)));
    child.once('close', (code) => {
      const ok = code === 0;
      process.stdout.write(`${ok ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)\n`);
      if (!ok && said !== '') process.stdout.write(`${said.trimEnd().slice(-20_000)}\n`);
      resolve({ name, ok });
    });
  });

/** Tests that ran, and files that could not even be loaded; one skipped counts as neither. */
const countTests = () => {
  try {
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(testReport, 'utf8'));
    return { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites };
  } catch {
    return { passed: 0, failed: 1 };
  }
};

const inTurn = async (lane) => {
  const ended = [];
  for (const step of lane) ended.push(await run(step));
  return ended;
};

const main = async () => {
  let passed = 0;
  let failed = 0;
  for (const row of rows) {
    for (const { name, ok } of (await Promise.all(row.map(inTurn))).flat()) {
      if (name === 'tests') {
        const counted = countTests();
        passed += counted.passed;
        failed += counted.failed === 0 && !ok ? 1 : counted.failed;
      } else if (ok) passed += 1;
      else failed += 1;
    }
  }
  rmSync(scratch, { recursive: true, force: true });
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
};

void main();
