/**
 * Prints as JSON where the Chromium of the npm package lies, unpacked, and what it wants in its environment on this machine. A program
 * of its own: that package is ESM, which Jest's modules are not, and reads the environment once, as it is loaded.
 */
const { execFileSync } = require('node:child_process');
const { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } = require('node:fs');
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

/** The machine's fonts, and the package's: where there is none at all, a page that asks for one ends its process. */
const fontsFile = () => {
  const file = join(home, 'fonts.conf');
  const found = `<include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>${join(home, 'fonts')}</dir>`;
  writeFileSync(file, `<fontconfig>${found}<cachedir>${join(home, 'fonts-cache')}</cachedir></fontconfig>\n`);
  return file;
};

const main = async () => {
  if (!existsSync(home)) await unpack();
  const executable = join(home, 'chromium');
  const libraries = starts(executable) ? {} : { LD_LIBRARY_PATH: join(home, 'al2023', 'lib') };
  process.stdout.write(JSON.stringify({ executable, env: { FONTCONFIG_FILE: fontsFile(), ...libraries } }));
};

void main();
