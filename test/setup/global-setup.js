const { mkdtempSync, chmodSync, readdirSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { stopTestServer } = require('./test-server');

const isGone = (pid) => {
  try {
    process.kill(pid, 0);
    return false;
  } catch (fault) {
    return fault.code === 'ESRCH';
  }
};

/** Runs that were killed could not stop their server: the next run does. */
const sweep = async () => {
  for (const entry of readdirSync(tmpdir())) {
    const pid = /^savoirs-jest-(\d+)-/.exec(entry)?.[1];
    if (pid !== undefined && isGone(Number(pid))) await stopTestServer(join(tmpdir(), entry)).catch(() => undefined);
  }
};

/** Only names the folder: the first test that wants a database starts the server, so that a run without one pays nothing. */
module.exports = async () => {
  if (process.env.TEST_DATABASE_URL) return;
  await sweep();
  const folder = mkdtempSync(join(tmpdir(), `savoirs-jest-${process.pid}-`));
  chmodSync(folder, 0o755);
  process.env.SAVOIRS_TEST_FOLDER = folder;
};
