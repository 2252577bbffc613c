import { setTimeout as pause } from 'node:timers/promises';
import type { SeededRandom } from '#apps/demo/seeded-random';
import { LogUnavailable, type Position } from '#event-store/log.port';
import { Client } from './client';
import { HeapWatch } from './heap-watch';
import { workloadOf, type WorkloadEvent } from './workload';
import { DRAIN_SECONDS, type FeedsHarness } from './harness';

export interface PlayParts {
  readonly harness: FeedsHarness;
  readonly events: number;
  readonly readers: number;
  readonly silent: number;
  /** Learners of each match: large rows fill buffers soon. */
  readonly learners: number;
  readonly chance: SeededRandom;
  readonly signal: AbortSignal;
  readonly progress: (line: string) => void;
}

export interface Played {
  readonly clients: readonly Client[];
  readonly heapGrowth: number;
  readonly cut: number;
  /** Clients that should have been cut in the middle, and were not. */
  readonly uncut: number;
}

/** Shares of the history: who connects when, and what happens meanwhile. */
const AT = { connect: 0.1, entered: 0.3, switch: 0.4, cut: 0.5, restart: 0.7 } as const;
const MAX_CONCURRENCY = 200;
const STEPS = 40;
/** The projector is never further behind: some batches are small, some are as large as they get. */
const LEAD = 8_000;
/** What the system's own buffers take at most for a client that does not read. */
const BUFFERED_BYTES = 6 * 1024 * 1024;

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
const append = async ({ log }: FeedsHarness, { stream, expected, ...event }: WorkloadEvent): Promise<void> => {
  const { outcome } = await patiently(() => log.append(stream, expected, [event]));
  if (outcome !== 'appended') throw new Error(`an append answered ${outcome}`);
};

const untilProjected = async ({ active }: FeedsHarness, position: Position, signal: AbortSignal): Promise<void> => {
  while ((await active()).position < position) {
    signal.throwIfAborted();
    await pause(20);
  }
};

/** They take the first frame, and then nothing until so many events are written. */
interface Sleeper {
  readonly client: Client;
  readonly wakesAt: number;
}

class Course {
  readonly clients: Client[] = [];
  private readonly workload: (n: number) => Promise<WorkloadEvent>;
  private readonly reading: Promise<void>[] = [];
  private readonly faults: unknown[] = [];
  private sleepers: readonly Sleeper[] = [];
  private written = 0;
  private head: Position | null = null;

  constructor(private readonly parts: PlayParts) {
    this.workload = workloadOf(parts.harness.networkId, parts.learners);
  }

  /** Events up to this share of all; who sleeps no longer than this wakes up. */
  async writeUpTo(share: number): Promise<void> {
    const { harness, events, signal, progress } = this.parts;
    const wanted = Math.floor(events * share);
    while (this.written < wanted) {
      signal.throwIfAborted();
      const numbers = Array.from({ length: Math.min(MAX_CONCURRENCY, wanted - this.written) }, (_, index) => this.written + index);
      const told = await Promise.all(numbers.map(this.workload));
      await Promise.all(told.map((event) => append(harness, event)));
      this.written += numbers.length;
      this.wake(this.written);
      if (this.written % LEAD >= MAX_CONCURRENCY) continue;
      await untilProjected(harness, String(this.written - LEAD / 2).padStart(20, '0') as Position, signal);
      progress(`${this.written} of ${events} events, ${this.sleepers.length} clients asleep`);
    }
  }

  /** A little at a time: forty steps, some seconds. */
  async trickle(from: number, to: number): Promise<void> {
    for (let step = 1; step <= STEPS; step += 1) {
      await this.writeUpTo(from + ((to - from) * step) / STEPS);
      await pause(100);
    }
  }

  async untilProjected(): Promise<void> {
    const { harness, signal } = this.parts;
    await untilProjected(harness, await patiently(() => harness.log.head()), signal);
  }

  /** Half of the silent ones wake up before the switch, half after all of them should have been cut. */
  async enter(): Promise<void> {
    const { readers, silent, chance, events } = this.parts;
    for (let number = 0; number < readers; number += 1) this.read(await this.newClient());
    const sleepers: Sleeper[] = [];
    for (let number = 0; number < silent; number += 1) {
      const share = number % 2 === 0 ? AT.connect + chance.whole(3, 30) / 100 : AT.cut + chance.whole(1, 50) / 100;
      sleepers.push({ client: await this.newClient(), wakesAt: Math.floor(events * share) });
    }
    await Promise.all(sleepers.map(({ client }) => client.read()));
    this.sleepers = sleepers;
  }

  /** Who sleeps, and has not been cut, though more came than the system's own buffers take. */
  async uncut(): Promise<number> {
    const { harness, readers } = this.parts;
    await pause(DRAIN_SECONDS * 1_000 + 500);
    const isMuch = this.clients.slice(0, readers).every(({ bytes }) => bytes > BUFFERED_BYTES);
    return isMuch ? Math.max(0, this.sleepers.length - (await harness.cut())) : 0;
  }

  async untilSwitched(before: number): Promise<void> {
    const { harness, signal, progress } = this.parts;
    while ((await harness.active()).build === before) {
      signal.throwIfAborted();
      await pause(100);
    }
    progress('another build serves');
  }

  /** Everybody wakes up, and reads to the end. */
  async readAll(): Promise<void> {
    this.wake(Infinity);
    await this.untilProjected();
    this.head = await patiently(() => this.parts.harness.log.head());
    await Promise.all(this.reading);
    if (this.faults.length > 0) throw this.faults[0];
  }

  private wake(now: number): void {
    for (const { client } of this.sleepers.filter(({ wakesAt }) => wakesAt <= now)) this.read(client);
    this.sleepers = this.sleepers.filter(({ wakesAt }) => wakesAt > now);
  }

  private read(client: Client): void {
    this.reading.push(client.readUntil(() => this.head).catch((fault: unknown) => void this.faults.push(fault)));
  }

  private async newClient(): Promise<Client> {
    const { url, networkId, token } = this.parts.harness;
    const client = new Client({ url: `${url}/networks/${networkId}/feeds/match-queue`, token: await token(this.clients.length) });
    this.clients.push(client);
    return client;
  }
}

/** Clients come, matches are proposed and end, the read model is built anew and switched, the server is started anew; at the end all read all. */
export const play = async (parts: PlayParts): Promise<Played> => {
  const { harness, progress } = parts;
  const course = new Course(parts);
  try {
    await course.writeUpTo(AT.connect);
    await course.untilProjected();
    const heap = await HeapWatch.start(harness);
    // while matches are proposed, so that snapshots and changes meet
    await Promise.all([course.enter(), course.trickle(AT.connect, AT.entered)]);
    await course.writeUpTo(AT.switch);
    const { build } = await harness.active();
    await harness.rebuild();
    await course.writeUpTo(AT.cut);
    const uncut = await course.uncut();
    await course.untilSwitched(build);
    await course.writeUpTo(AT.restart);
    const cut = await harness.cut();
    const code = await heap.without(harness.restart);
    if (code !== 0) throw new Error(`the API ended with ${code}`);
    progress('the API was started again');
    await course.writeUpTo(1);
    await course.readAll();
    return { clients: course.clients, heapGrowth: await heap.end(), cut: cut + (await harness.cut()), uncut };
  } finally {
    for (const client of course.clients) client.close();
  }
};
