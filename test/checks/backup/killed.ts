import { setTimeout as pause } from 'node:timers/promises';
import type { Chance } from '#apps/demo/seeded-random';
import type { CommandEnd, RunningCommand } from '../runner/command-line';

/** How long such a program took when it was left alone: a kill falls within it, or a little after. */
export class Moments {
  private usual = 1_500;

  learn(ms: number): void {
    this.usual = Math.round((this.usual + ms) / 2);
  }

  of(chance: Chance): number {
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
export const killedMidway = async ({ child, ended }: RunningCommand, moments: Moments, chance: Chance): Promise<CommandEnd> => {
  await Promise.race([ended, pause(moments.of(chance))]);
  child.kill('SIGKILL');
  return ended;
};
