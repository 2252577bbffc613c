const { existsSync, readFileSync, rmSync } = require('node:fs');
const { join } = require('node:path');
const { spawnSync } = require('node:child_process');

/** Takes every holding back, then comes and goes as the last one out, which stops the server; then removes everything. */
exports.stopTestServer = async (folder) => {
  const pointer = join(folder, 'postgres', 'location');
  const home = existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : join(folder, 'postgres');
  if (existsSync(join(home, 'data', 'postmaster.pid'))) {
    // run in band, the tests' own holding is this very process's
    rmSync(join(home, 'uses'), { recursive: true, force: true });
    // in a process of its own: Jest's setup files run outside its TypeScript
    spawnSync(
      process.execPath,
      ['--conditions=source', '-r', join(__dirname, 'run-sources.js'), join(__dirname, '../../libs/postgres/attach.fixture.ts'), folder],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    );
  }
  rmSync(home, { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
};
