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

interface Found {
  readonly executable: string;
  /** Shared libraries and fonts, where the machine has none. */
  readonly env: Readonly<Record<string, string>>;
}

const packed = async (): Promise<Found> => {
  const { stdout } = await promisify(execFile)(process.execPath, [join(process.cwd(), 'test/web/packed-chromium.js')]);
  return JSON.parse(stdout) as Found;
};

/**
 * A real Chromium: the one on the PATH where there is one, else the one that an npm package brings. Not by that package's own
 * arguments: they put all into one process, and leave out the checks of origins that the site relies on.
 */
export const openBrowser = async (): Promise<Browser> => {
  const path = onPath();
  const { executable, env } = path === undefined ? await packed() : { executable: path, env: {} };
  return chromium.launch({
    executablePath: executable,
    env: { ...process.env, ...env } as Record<string, string>,
    args: process.getuid?.() === 0 ? ['--no-sandbox', '--no-zygote'] : [],
    headless: true,
  });
};
