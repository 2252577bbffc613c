import { setTimeout as pause } from 'node:timers/promises';
import type { Chance } from '#apps/cli/demo/chance';
import { LogUnavailable, type Position } from '#event-store/log.port';
import { Client } from './client';
import { storyOf, type Told } from './story';
import type { World } from './world';

export interface Cast {
  readonly readers: readonly Client[];
  /** They take the first frame, and then nothing until they wake up. */
  readonly silent: readonly { readonly client: Client; readonly wakesAt: number }[];
}

export interface PlayParts {
  readonly world: World;
  readonly events: number;
  readonly readers: number;
  readonly silent: number;
  /** Learners of each match: large rows fill buffers soon. */
  readonly learners: number;
  readonly chance: Chance;
  readonly signal: AbortSignal;
  readonly progress: (line: string) => void;
}

export interface Played {
  readonly clients: readonly Client[];
  readonly heapGrowth: number;
  readonly cut: number;
  /** Clients that should have been cut in the middle, and were not. */
  readonly uncut: number;
  readonly switches: number;
}

/** Shares of the history: who connects when, and what happens meanwhile. */
const AT = { connect: 0.1, switch: 0.4, cut: 0.5, restart: 0.7 } as const;
const AT_ONCE = 200;
/** The projector is never further behind: some batches are small, some are as large as they get. */
const LEAD = 8_000;
/** What the system's own buffers take at most for a client that does not read. */
const BUFFERED_BYTES = 6 * 1024 * 1024;

const heapWatch = async (
  world: World,
): Promise<{ growth(): Promise<number>; stop(): void; pause<T>(work: () => Promise<T>): Promise<T> }> => {
  const baseline = await world.server().memory();
  let [most, stopped, paused] = [baseline, false, false];
  const look = async (): Promise<void> => {
    while (!stopped) {
      if (!paused) most = Math.max(most, await world.server().memory());
      await pause(1_000);
    }
  };
  const looking = look().catch(() => undefined);
  return {
    growth: async () => {
      stopped = true;
      await looking;
      return most - baseline;
    },
    stop: () => void (stopped = true),
    pause: async (work) => {
      paused = true;
      await pause(50);
      return work().finally(() => (paused = false));
    },
  };
};

/** A busy machine may be late. */
const patiently = async <T>(ask: () => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (fault) {
      if (!(fault instanceof LogUnavailable) || attempt === 20) throw fault;
    }
  }
};

/** Under the same id and revision it is the same append, however often it is asked. */
const append = async ({ log }: World, { stream, expected, ...event }: Told): Promise<void> => {
  const { outcome } = await patiently(() => log.append(stream, expected, [event]));
  if (outcome !== 'appended') throw new Error(`an append answered ${outcome}`);
};

const untilProjected = async ({ active }: World, position: Position, signal: AbortSignal): Promise<void> => {
  while ((await active()).position < position) {
    signal.throwIfAborted();
    await pause(20);
  }
};

/** Clients come, matches are proposed and end, the read model is built anew and switched, the server is started anew; at the end all read all. */
export const play = async (parts: PlayParts): Promise<Played> => {
  const { world, events, chance, signal, progress } = parts;
  const story = storyOf(world.networkId, parts.learners);
  const clients: Client[] = [];
  const reading: Promise<void>[] = [];
  let head: Position | null = null;
  const faults: unknown[] = [];
  const read = (client: Client): void => void reading.push(client.readUntil(() => head).catch((fault: unknown) => void faults.push(fault)));
  const sleepers: { readonly client: Client; readonly wakesAt: number }[] = [];
  let written = 0;
  const writeUpTo = async (share: number): Promise<void> => {
    const wanted = Math.floor(events * share);
    while (written < wanted) {
      signal.throwIfAborted();
      const some = Array.from({ length: Math.min(AT_ONCE, wanted - written) }, (_, index) => written + index);
      const told = await Promise.all(some.map(story));
      await Promise.all(told.map((event) => append(world, event)));
      written += some.length;
      for (const one of sleepers.filter(({ wakesAt }) => wakesAt <= written)) {
        sleepers.splice(sleepers.indexOf(one), 1);
        read(one.client);
      }
      if (written % LEAD < AT_ONCE) {
        await untilProjected(world, String(written - LEAD / 2).padStart(20, '0') as Position, signal);
        progress(`${written} of ${events} events, ${sleepers.length} clients asleep`);
      }
    }
  };
  const newClient = async (number: number): Promise<Client> => {
    const url = `${world.url}/networks/${world.networkId}/feeds/match-queue`;
    const client = new Client({ url, token: await world.token(number) });
    clients.push(client);
    return client;
  };

  try {
    await writeUpTo(AT.connect);
    await untilProjected(world, await patiently(() => world.log.head()), signal);
    const heap = await heapWatch(world);
    for (let number = 0; number < parts.readers; number += 1) read(await newClient(number));
    for (let number = 0; number < parts.silent; number += 1) {
      const client = await newClient(parts.readers + number);
      const share = number % 2 === 0 ? AT.connect + chance.whole(3, 30) / 100 : AT.cut + chance.whole(1, 50) / 100;
      sleepers.push({ client, wakesAt: Math.floor(events * share) });
    }
    await Promise.all(sleepers.map(({ client }) => client.read()));
    await writeUpTo(AT.switch);
    const before = (await world.active()).build;
    await world.rebuild();
    await writeUpTo(AT.cut);
    await pause(world.drainSeconds * 1_000 + 500);
    let cut = await world.cut();
    const asleep = sleepers.length;
    const isMuch = clients.slice(0, parts.readers).every(({ bytes }) => bytes > BUFFERED_BYTES);
    const uncut = isMuch ? Math.max(0, asleep - cut) : 0;
    while ((await world.active()).build === before) {
      signal.throwIfAborted();
      await pause(100);
    }
    progress('another build serves');
    await writeUpTo(AT.restart);
    cut = await world.cut();
    await heap.pause(async () => {
      const code = await world.restart();
      if (code !== 0) throw new Error(`the API ended with ${code}`);
    });
    progress('the API was started again');
    await writeUpTo(1);
    for (const { client } of sleepers.splice(0)) read(client);
    head = await patiently(() => world.log.head());
    await untilProjected(world, head, signal);
    await Promise.all(reading);
    if (faults.length > 0) throw faults[0];
    return { clients, heapGrowth: await heap.growth(), cut: cut + (await world.cut()), uncut, switches: 1 };
  } finally {
    for (const client of clients) client.close();
  }
};
