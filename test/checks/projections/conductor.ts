import type { SeededRandom } from '#apps/demo/seeded-random';
import { quiet, realPause, type ScheduleClock } from './schedule-clock';

/** Somebody who takes turns: a worker's process, whoever appends. */
export interface Actor {
  readonly name: string;
  /** Killed: whatever it still asks for fails. */
  dead: boolean;
  /** Of the schedule's time: it gets no turn before. */
  stalledUntil: number;
}

export const actorNamed = (name: string): Actor => ({ name, dead: false, stalledUntil: 0 });

/** What a process that was killed meets, wherever it still was. */
export class Gone extends Error {
  constructor() {
    super('Connection terminated: the process was killed');
    this.name = 'Gone';
  }
}

interface Turn {
  readonly actor: Actor;
  readonly what: string;
  readonly take: () => void;
  readonly refuse: (fault: Error) => void;
}

interface OnItsWay {
  readonly pid: number;
  readonly what: string;
  /** Behind another's lock. */
  blocked: boolean;
}

/** Not by who came first: of two that one commit set free, either may have. */
const byName = (a: Turn, b: Turn): number => (nameOf(a) < nameOf(b) ? -1 : 1);
const nameOf = ({ actor, what }: Turn): string => `${actor.name} ${what}`;

/** After so long, of real time, a statement may be behind a lock. */
const BLOCKED_AFTER_MS = 2;
/** How seldom time passes while somebody could go on. */
const PASSING = 0.04;
/** So long one step may take, while the others wait for it. */
const SLOW_MS = 30_000;

export interface Bounds {
  readonly turns: number;
  readonly ms: number;
}

/**
 * Lets one go on at a time, drawn from the seed: at each statement and each item of the log. A statement runs until it is answered
 * or waits for another's lock; so the same seed plays the same schedule.
 */
export class Conductor {
  turns = 0;
  /** Who did what, in order: two plays of one seed have the same. */
  readonly trace: string[] = [];
  onTurn: (turn: number) => void = () => undefined;
  /** When nobody has anything to do: whether that changed it. */
  onIdle: () => boolean = () => false;
  private waiting: Turn[] = [];
  private readonly running = new Set<OnItsWay>();
  private change: () => void = () => undefined;

  constructor(
    private readonly chance: SeededRandom,
    readonly time: ScheduleClock,
    private readonly blockersOf: (pid: number) => Promise<readonly number[]>,
  ) {}

  /** Resolves when it is this one's turn. @throws Gone */
  turn(actor: Actor, what: string): Promise<void> {
    if (actor.dead) return Promise.reject(new Gone());
    return new Promise((take, refuse) => void this.waiting.push({ actor, what, take, refuse }));
  }

  /** A statement that the server has: nobody else goes on until it is answered, or is behind a lock. */
  async during<T>(pid: number, work: Promise<T>, what = ''): Promise<T> {
    const one: OnItsWay = { pid, what, blocked: false };
    this.running.add(one);
    try {
      return await work;
    } finally {
      this.running.delete(one);
      this.change();
    }
  }

  /** A transaction ended: whoever was behind its lock may be answered now. */
  unlocked(): void {
    for (const one of this.running) one.blocked = false;
  }

  kill(actor: Actor): void {
    actor.dead = true;
    const [gone, left] = [this.waiting.filter((one) => one.actor === actor), this.waiting.filter((one) => one.actor !== actor)];
    this.waiting = left;
    for (const one of gone) one.refuse(new Gone());
  }

  /** Until it is over, or nobody does anything any more. False: it did not come to an end within the bounds. */
  async until(over: () => boolean, { turns, ms }: Bounds): Promise<boolean> {
    const [lastTurn, lastMs] = [this.turns + turns, this.time.now + ms];
    for (;;) {
      await this.settled();
      if (over()) return true;
      if (this.turns > lastTurn || this.time.now > lastMs) return false;
      const able = this.able();
      if (able.length > 0 && !(this.chance.yes(PASSING) && this.time.pass(SLOW_MS))) this.give(this.chance.of(able));
      else if (able.length === 0 && !this.time.pass() && !this.onIdle()) return over();
    }
  }

  /** Of two behind one lock, the database would draw who is next: the second waits here, as long as others go on. */
  private able(): readonly Turn[] {
    const blocked = new Set([...this.running].map(({ what }) => what));
    const able = this.waiting.filter(({ actor }) => actor.stalledUntil <= this.time.now).sort(byName);
    const free = able.filter(({ what }) => !blocked.has(what));
    return free.length > 0 ? free : able;
  }

  private give(one: Turn): void {
    this.waiting.splice(this.waiting.indexOf(one), 1);
    this.turns += 1;
    this.trace.push(`${one.actor.name} ${one.what}`);
    this.onTurn(this.turns);
    if (one.actor.dead) one.refuse(new Gone());
    else one.take();
  }

  private async settled(): Promise<void> {
    for (;;) {
      await quiet();
      const open = [...this.running].filter(({ blocked }) => !blocked);
      if (open.length === 0) return;
      const changed = new Promise<'changed'>((resolve) => (this.change = () => resolve('changed')));
      const first = await Promise.race([changed, realPause(BLOCKED_AFTER_MS)]);
      if (first === 'changed') continue;
      for (const one of open) one.blocked = await this.isBehindALock(one);
    }
  }

  /** Of somebody who waits for a turn, or is behind a lock too: not of one who is about to let go. */
  private async isBehindALock(one: OnItsWay): Promise<boolean> {
    if (!this.running.has(one)) return false;
    const blockers = await this.blockersOf(one.pid);
    const going = new Set([...this.running].flatMap(({ pid, blocked }) => (blocked ? [] : [pid])));
    return this.running.has(one) && blockers.some((pid) => !going.has(pid));
  }
}
