import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isAlive, newHolder } from './process-identity';
import { StartFailure } from './start-failure';

/**
 * A lock between processes that no crash can leave shut, and that is never stolen: Lamport's bakery, on files. Whoever comes
 * draws a ticket higher than all it sees and waits for the lower ones; tickets of dead processes do not count.
 */
const pollMs = 20;

const living = async (folder: string, except: string): Promise<readonly string[]> => {
  const alive: string[] = [];
  for (const entry of await readdir(folder)) {
    const holder = entry.slice(entry.indexOf('_') + 1);
    if (holder === except) continue;
    if (isAlive(holder)) alive.push(entry);
    else await rm(join(folder, entry), { force: true });
  }
  return alive;
};

const drawTicket = async (choosing: string, tickets: string, me: string): Promise<string> => {
  await writeFile(join(choosing, me), '');
  try {
    const highest = Math.max(0, ...(await readdir(tickets)).map((entry) => Number.parseInt(entry, 10) || 0));
    const ticket = `${String(highest + 1).padStart(12, '0')}_${me}`;
    await writeFile(join(tickets, ticket), '');
    return ticket;
  } finally {
    await rm(join(choosing, me), { force: true });
  }
};

const waitWhile = async (blocked: () => Promise<boolean>, deadline: number): Promise<boolean> => {
  while (await blocked()) {
    if (Date.now() > deadline) return false;
    await pause(pollMs);
  }
  return true;
};

/**
 * Runs `work` while no other holder of the same folder does, in this process or another.
 * @throws StartFailure `folder-busy` after `waitMs`.
 */
export const withFolderLock = async <T>(folder: string, waitMs: number, work: () => Promise<T>): Promise<T> => {
  const choosing = join(folder, 'choosing');
  const tickets = join(folder, 'tickets');
  await mkdir(choosing, { recursive: true });
  await mkdir(tickets, { recursive: true });
  const me = newHolder();
  const deadline = Date.now() + waitMs;
  const ticket = await drawTicket(choosing, tickets, me);
  try {
    // Who draws later sees this ticket and draws a higher one: only those drawing now may end up lower.
    const drawing = new Set(await living(choosing, me));
    const settled = await waitWhile(async () => (await living(choosing, me)).some((entry) => drawing.has(entry)), deadline);
    const first = settled && (await waitWhile(async () => (await living(tickets, me)).some((entry) => entry < ticket), deadline));
    if (!first)
      throw new StartFailure('folder-busy', `The data folder ${folder} stays busy: another Savoirs process starts or stops there.`);
    return await work();
  } finally {
    await rm(join(tickets, ticket), { force: true });
  }
};
