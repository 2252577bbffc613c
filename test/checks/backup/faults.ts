import { copyFileSync, cpSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { SeededRandom } from '#apps/demo/seeded-random';
import type { CommandEnd, RunningCommand } from '../runner/command-line';

/** How long such a program took when it was left alone: a kill falls within it, or a little after. */
export class Moments {
  private usual = 1_500;

  learn(ms: number): void {
    this.usual = Math.round((this.usual + ms) / 2);
  }

  of(chance: SeededRandom): number {
    return chance.whole(Math.round(this.usual / 5), Math.round(this.usual * 1.05));
  }
}

/** Lets it run to its end; learns how long that takes. */
export const leftAlone = async ({ ended }: RunningCommand, moments: Moments): Promise<CommandEnd> => {
  const began = Date.now();
  const end = await ended;
  if (end.code === 0) moments.learn(Date.now() - began);
  return end;
};

/** kill -9 at a moment of chance. Its code is null unless it had ended before. */
export const killedMidway = async ({ child, ended }: RunningCommand, moments: Moments, chance: SeededRandom): Promise<CommandEnd> => {
  await Promise.race([ended, pause(moments.of(chance))]);
  child.kill('SIGKILL');
  return ended;
};

/** A copy of a backup in which one file is not as it was written. Answers what was done to it. */
export const damagedCopy = (
  { folder, keysFile }: { readonly folder: string; readonly keysFile: string | null },
  to: string,
  chance: SeededRandom,
): string => {
  cpSync(folder, to, { recursive: true });
  if (keysFile !== null) copyFileSync(keysFile, `${to}.keys`);
  const name = chance.of([...readdirSync(to), ...(keysFile === null ? [] : ['(keys)'])]);
  const path = name === '(keys)' ? `${to}.keys` : join(to, name);
  const bytes = readFileSync(path);
  const at = chance.whole(0, bytes.length - 1);
  const ways: readonly (readonly [string, () => void])[] = [
    [`bit of byte ${at}`, () => writeFileSync(path, bytes.with(at, bytes[at]! ^ (1 << chance.whole(0, 7))))],
    [`cut at byte ${at}`, () => truncateSync(path, at)],
    ['gone', () => rmSync(path)],
    ['a byte more', () => writeFileSync(path, Buffer.concat([bytes, Buffer.of(10)]))],
  ];
  const [way, damage] = chance.of(ways);
  damage();
  return `${name}: ${way}`;
};
