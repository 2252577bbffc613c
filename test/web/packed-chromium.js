/**
 * Prints as JSON where the Chromium of the npm package lies, unpacked, and what it wants in its environment on this machine. A program
 * of its own: that package is ESM, which Jest's modules are not, and reads the environment once, as it is loaded.
 */
const { execFileSync } = require('node:child_process');
const { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } = require('node:fs');
const { join } = require('node:path');

const cache = join(__dirname, '../../node_modules/.cache/savoirs');
const home = join(cache, 'chromium');

/** Into a folder beside, which gets its name once it is whole: two that begin at once do not meet. */
const unpack = async () => {
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'unpacking-'));
  // it unpacks where temporary files lie, and its shared libraries only where it takes the machine for Amazon's
  Object.assign(process.env, { TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' });
  const { default: packed } = await import('@sparticuz/chromium');
  await packed.executablePath();
  try {
    renameSync(folder, home);
  } catch {
    rmSync(folder, { recursive: true });
  }
};

const starts = (executable) => {
  try {
    execFileSync(executable, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

const main = async () => {
  if (!existsSync(home)) await unpack();
  const executable = join(home, 'chromium');
  const itsOwn = { LD_LIBRARY_PATH: join(home, 'al2023', 'lib'), FONTCONFIG_PATH: join(home, 'fonts') };
  process.stdout.write(JSON.stringify({ executable, env: starts(executable) ? {} : itsOwn }));
};

void main();
