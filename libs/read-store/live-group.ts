import { ConsumerFault, describeFault, LostRace, type Consumer } from './consumer';
import { Follower, type Besides, type FollowerParts, type Source } from './follower';
import type { Leases } from './leases';
import { loadStandpoints } from './positions';
import type { RuntimeLogger } from './runtime-logger';
import { Wake } from './wake';

export type LiveState = 'elsewhere' | 'catching-up' | 'live' | 'waiting' | 'stopped';

export interface LiveGroupParts extends FollowerParts {
  readonly source: Source;
  readonly leases: Leases;
  readonly logger: RuntimeLogger;
  readonly besides?: () => Besides;
}

interface Member {
  readonly consumer: Consumer;
  run: Running | null;
  owned: boolean;
  attempts: number;
  retryAt: number;
  fault: string | null;
  /** It failed by its own fault: it goes alone until it has caught up. */
  alone: boolean;
}

interface Running {
  readonly members: readonly Member[];
  readonly abort: AbortController;
  caughtUp: boolean;
}

const backOff = (attempts: number): number => Math.min(50 * 2 ** attempts, 5_000) * (0.75 + Math.random() / 2);

/**
 * Keeps consumers running: those at one position on one pass, those behind apart until they have caught up; a fault of one leaves
 * the others going; a database or log that is away is tried again with back-off.
 */
export class LiveGroup {
  private readonly members: readonly Member[];
  private readonly wake = new Wake();
  private readonly runs = new Set<Promise<void>>();
  private together: ReadonlySet<Member> = new Set();
  private stopped = false;
  private loop: Promise<void> = Promise.resolve();

  constructor(
    consumers: readonly Consumer[],
    private readonly parts: LiveGroupParts,
  ) {
    this.members = consumers.map((consumer) => ({ consumer, run: null, owned: false, attempts: 0, retryAt: 0, fault: null, alone: false }));
  }

  start(): void {
    if (this.members.length > 0) this.loop = this.supervise();
  }

  /** Ends after the batch under way. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.wake.ring();
    await this.loop;
  }

  stateOf(consumer: Consumer): { readonly state: LiveState; readonly fault: string | null } {
    const member = this.members.find((one) => one.consumer === consumer)!;
    return { state: this.liveState(member), fault: member.fault };
  }

  private liveState({ owned, run }: Member): LiveState {
    if (this.stopped) return 'stopped';
    if (!owned) return 'elsewhere';
    if (!run) return 'waiting';
    return run.caughtUp ? 'live' : 'catching-up';
  }

  private async supervise(): Promise<void> {
    let renewAt = 0;
    let failures = 0;
    while (!this.stopped) {
      try {
        if (Date.now() >= renewAt) {
          await this.claim();
          renewAt = Date.now() + this.parts.leases.renewMs;
        }
        this.mergeCaughtUp();
        await this.startIdle();
        failures = 0;
      } catch (fault) {
        this.note(this.members, fault);
        renewAt = Date.now() + backOff(failures++);
      }
      await this.wake.within(Math.max(this.nextMoment(renewAt) - Date.now(), 1));
    }
    for (const { run } of this.members) run?.abort.abort();
    await Promise.all(this.runs);
  }

  private nextMoment(renewAt: number): number {
    const retries = this.members.filter(({ owned, run }) => owned && !run).map(({ retryAt }) => retryAt);
    return Math.min(renewAt, ...retries);
  }

  private async claim(): Promise<void> {
    const ours = await this.parts.leases.claim(this.members.map(({ consumer }) => consumer));
    for (const member of this.members) {
      const { name, version } = member.consumer;
      member.owned = ours.some((one) => one.name === name && one.version === version);
      if (!member.owned) member.run?.abort.abort();
    }
  }

  /** Who has caught up goes on one pass from here on. */
  private mergeCaughtUp(): void {
    const runs = new Set(this.members.flatMap(({ run }) => (run?.caughtUp ? [run] : [])));
    if (runs.size < 2) return;
    this.together = new Set([...runs].flatMap(({ members }) => members));
    for (const { abort } of runs) abort.abort();
  }

  private async startIdle(): Promise<void> {
    if (this.members.some((one) => this.together.has(one) && one.run)) return;
    const now = Date.now();
    const idle = this.members.filter(({ owned, run, retryAt }) => owned && !run && retryAt <= now);
    if (idle.length === 0) return;
    const at = await loadStandpoints(
      this.parts.pool,
      idle.map(({ consumer }) => consumer),
      this.parts.schema,
    );
    const groups = new Map<string, Member[]>();
    for (const [index, member] of idle.entries()) {
      const group = member.alone ? `alone ${index}` : this.together.has(member) ? 'together' : at[index]!.position;
      groups.set(group, [...(groups.get(group) ?? []), member]);
    }
    this.together = new Set();
    for (const members of groups.values()) this.run(members);
  }

  private run(members: readonly Member[]): void {
    const run: Running = { members, abort: new AbortController(), caughtUp: false };
    for (const member of members) member.run = run;
    const done: Promise<void> = this.follow(run)
      .catch((fault: unknown) => this.failed(run, fault))
      .finally(() => {
        for (const member of members) member.run = null;
        this.runs.delete(done);
        this.wake.ring();
      });
    this.runs.add(done);
  }

  private async follow(run: Running): Promise<void> {
    const follower = new Follower(
      run.members.map(({ consumer }) => consumer),
      this.parts,
    );
    await follower.load();
    const besides = this.parts.besides?.();
    const onCaughtUp = (): void => {
      run.caughtUp = true;
      for (const member of run.members) Object.assign(member, { attempts: 0, fault: null, alone: false });
      this.wake.ring();
    };
    await follower.run({ source: this.parts.source, signal: run.abort.signal, onCaughtUp, ...(besides ? { besides } : {}) });
  }

  private failed({ members, abort }: Running, fault: unknown): void {
    if (abort.signal.aborted) return;
    const own = fault instanceof ConsumerFault ? members.filter(({ consumer }) => consumer === fault.consumer) : members;
    for (const member of own) {
      member.retryAt = Date.now() + backOff(member.attempts++);
      member.alone = fault instanceof ConsumerFault;
    }
    this.note(own, fault);
  }

  private note(members: readonly Member[], fault: unknown): void {
    const text = describeFault(fault);
    for (const member of members) member.fault = text;
    const names = members.map(({ consumer }) => consumer.name);
    if (fault instanceof LostRace) this.parts.logger.info({ names }, 'moved on by another process: reloading');
    else this.parts.logger.warn({ names, fault: text }, 'stopped by a fault: tried again');
  }
}
