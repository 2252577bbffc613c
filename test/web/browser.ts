import { execFile, execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Browser } from 'playwright-core';

const onPath = (): string | undefined => {
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    try {
      return execFileSync('which', [name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    } catch {
      // the next name
    }
  }
  return undefined;
};

const packed = async (): Promise<string> =>
  (await promisify(execFile)(process.execPath, [join(process.cwd(), 'test/web/packed-chromium.js')])).stdout;

/**
 * A real Chromium: the one on the PATH where there is one, else the one that an npm package brings. Not by that package's own
 * arguments: they put all into one process, and leave out the checks of origins that the site relies on.
 */
export const openBrowser = async (): Promise<Browser> =>
  chromium.launch({
    executablePath: onPath() ?? (await packed()),
    args: process.getuid?.() === 0 ? ['--no-sandbox', '--no-zygote'] : [],
    headless: true,
  });
