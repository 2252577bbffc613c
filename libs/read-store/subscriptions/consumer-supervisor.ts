import { ConsumerFault, describeFault, LostRace, type Consumer } from '../checkpoints/consumer';
import { SubscriptionRunner, type BackgroundTask, type SubscriptionRunnerParts, type Source } from './subscription-runner';
import type { Leases } from '../checkpoints/leases';
import { versionIn, type ModelVersions, type ListedBuild } from '../fold/model-versions';
import { loadCheckpoints } from '../checkpoints/checkpoints';
import { isSame, updateBuilds, type ModelName } from '../checkpoints/projection-table';
import type { RuntimeLogger } from '../logger';
import { controlTables } from '../tables/table-names';
import { Signal } from '#async/signal';
import type { RebuildThrottle } from './rebuild-throttle';

export type LiveState = 'elsewhere' | 'catching-up' | 'live' | 'waiting' | 'paused' | 'stopped';

export interface ConsumerSupervisorParts extends Omit<SubscriptionRunnerParts, 'throttle'> {
  /** The code that there is. */
  readonly lines: readonly ModelVersions[];
  /** Every living build of it, as the table of positions has them now. */
  readonly listBuilds: () => Promise<readonly ListedBuild[]>;
  readonly source: Source;
  /** For builds from the log's start. */
  readonly throttle: RebuildThrottle;
  readonly leases: Leases;
  readonly logger: RuntimeLogger;
  readonly besides?: () => BackgroundTask;
}

interface Member {
  readonly consumer: Consumer;
  listed: ListedBuild;
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
 * Keeps the builds of its lines running: those at one position on one pass, those behind apart until they have caught up; a fault of
 * one leaves the others going; a database or log that is away is tried again with back-off.
 */
export class ConsumerSupervisor {
  private members: readonly Member[] = [];
  private readonly wake = new Signal();
  private seen = 0;
  private readonly runs = new Set<Promise<void>>();
  private together: ReadonlySet<Member> = new Set();
  private renewAt = 0;
  private stopped = false;
  private loop: Promise<void> = Promise.resolve();

  constructor(private readonly parts: ConsumerSupervisorParts) {}

  start(): void {
    if (this.parts.lines.length > 0) this.loop = this.supervise();
  }

  /** Ends after the batch under way. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.wake.raise();
    await this.loop;
  }

  /** Looks at the table of positions now: an operator changed it. */
  refresh(): void {
    this.renewAt = 0;
    this.wake.raise();
  }

  stateOf(of: ModelName): { readonly state: LiveState; readonly fault: string | null } {
    const member = this.members.find(({ listed }) => isSame(listed, of));
    return { state: this.liveState(member), fault: member?.fault ?? null };
  }

  private liveState(member: Member | undefined): LiveState {
    if (this.stopped) return 'stopped';
    if (member?.listed.paused) return 'paused';
    if (!member?.owned) return 'elsewhere';
    if (!member.run) return 'waiting';
    return member.run.caughtUp ? 'live' : 'catching-up';
  }

  private async supervise(): Promise<void> {
    let failures = 0;
    while (!this.stopped) {
      try {
        if (performance.now() >= this.renewAt) {
          this.renewAt = performance.now() + this.parts.leases.renewMs;
          await this.refreshBuilds();
          await this.claim();
        }
        this.mergeCaughtUp();
        await this.startIdle();
        failures = 0;
      } catch (fault) {
        this.note(this.members, fault);
        this.renewAt = performance.now() + backOff(failures++);
      }
      await this.wake.wait(this.seen, undefined, Math.max(this.nextMoment() - performance.now(), 1));
      this.seen = this.wake.count;
    }
    for (const { run } of this.members) run?.abort.abort();
    await Promise.all(this.runs);
  }

  private nextMoment(): number {
    const retries = this.members.filter(isIdle).map(({ retryAt }) => retryAt);
    return Math.min(this.renewAt, ...retries);
  }

  /** Builds come and go, are paused and resumed, while this process runs. */
  private async refreshBuilds(): Promise<void> {
    const listed = await this.parts.listBuilds();
    const kept = this.members.filter((member) => {
      const now = listed.find((one) => isSame(one, member.listed));
      if (now) member.listed = now;
      if (!now || now.paused) member.run?.abort.abort();
      return now !== undefined;
    });
    const added = listed.filter((one) => !kept.some((member) => isSame(member.listed, one))).map((one) => this.memberOf(one));
    this.members = [...kept, ...added];
  }

  private memberOf(listed: ListedBuild): Member {
    const consumer = versionIn(this.parts.lines, listed)!.consumerOf(listed.build);
    return { consumer, listed, run: null, owned: false, attempts: 0, retryAt: 0, fault: null, alone: false };
  }

  private async claim(): Promise<void> {
    const ours = await this.parts.leases.claim(this.members.map(({ listed }) => listed));
    for (const member of this.members) {
      member.owned = ours.some((one) => isSame(one, member.listed));
      if (!member.owned) member.run?.abort.abort();
    }
  }

  /** Who has caught up goes on one pass from here on. */
  private mergeCaughtUp(): void {
    const runs = new Set(this.members.flatMap(({ run }) => (run?.caughtUp && !run.abort.signal.aborted ? [run] : [])));
    if (runs.size < 2) return;
    this.together = new Set([...runs].flatMap(({ members }) => members));
    for (const { abort } of runs) abort.abort();
  }

  private async startIdle(): Promise<void> {
    if (this.members.some((one) => this.together.has(one) && one.run)) return;
    const now = performance.now();
    const idle = this.members.filter((member) => isIdle(member) && member.retryAt <= now);
    if (idle.length === 0) return;
    const at = await loadCheckpoints(
      this.parts.pool,
      idle.map(({ consumer }) => consumer),
      this.parts.schema,
    );
    const groups = new Map<string, Member[]>();
    for (const [index, member] of idle.entries()) {
      const { position, state } = at[index]!;
      const apart = state === 'building' ? `building ${position}` : position;
      const group = member.alone ? `alone ${index}` : this.together.has(member) ? 'together' : apart;
      groups.set(group, [...(groups.get(group) ?? []), member]);
    }
    this.together = new Set();
    for (const [group, members] of groups) this.run(members, group.startsWith('building') ? this.parts.throttle : null);
  }

  private run(members: readonly Member[], throttle: RebuildThrottle | null): void {
    const run: Running = { members, abort: new AbortController(), caughtUp: false };
    for (const member of members) member.run = run;
    const done: Promise<void> = this.follow(run, throttle)
      .catch((fault: unknown) => this.failed(run, fault))
      .finally(() => {
        for (const member of members) member.run = null;
        this.runs.delete(done);
        this.wake.raise();
      });
    this.runs.add(done);
  }

  private async follow(run: Running, throttle: RebuildThrottle | null): Promise<void> {
    const { throttle: _, ...parts } = this.parts;
    const follower = new SubscriptionRunner(
      run.members.map(({ consumer }) => consumer),
      { ...parts, ...(throttle ? { throttle } : {}) },
    );
    await follower.load();
    const besides = this.parts.besides?.();
    const onCaughtUp = (): void => {
      run.caughtUp = true;
      const mended = run.members.filter(({ alone }) => alone);
      for (const member of run.members) Object.assign(member, { attempts: 0, fault: null, alone: false });
      void this.remember(mended, null);
      this.wake.raise();
    };
    const { source } = throttle ?? this.parts;
    await follower.run({ source, signal: run.abort.signal, onCaughtUp, ...(besides ? { besides } : {}) });
  }

  private failed({ members, abort }: Running, fault: unknown): void {
    if (abort.signal.aborted) return;
    // Whoever fenced this process out may hold the lease: nothing is loaded anew before that is known.
    if (fault instanceof LostRace) this.renewAt = 0;
    const own = fault instanceof ConsumerFault ? members.filter(({ consumer }) => consumer === fault.consumer) : members;
    // At one moment: who shared a pass shares the next one.
    const retryAt = performance.now() + backOff(Math.max(...own.map(({ attempts }) => attempts)));
    for (const member of own) Object.assign(member, { retryAt, attempts: member.attempts + 1, alone: fault instanceof ConsumerFault });
    this.note(own, fault);
    if (fault instanceof ConsumerFault) void this.remember(own, describeFault(fault.cause));
  }

  /** For operators at other processes, and for later: what stopped a build last, until it has caught up again. */
  private async remember(members: readonly Member[], fault: string | null): Promise<void> {
    const ids = members.map(({ listed }) => listed.id);
    // Told in the log all the same.
    if (ids.length > 0) await updateBuilds(this.parts.pool, controlTables(this.parts.schema), ids, { fault }).catch(() => undefined);
  }

  private note(members: readonly Member[], fault: unknown): void {
    const text = describeFault(fault);
    for (const member of members) member.fault = text;
    const names = members.map(({ consumer }) => consumer.name);
    if (fault instanceof LostRace) this.parts.logger.info({ names }, 'moved on by another process: reloading');
    else this.parts.logger.warn({ names, fault: text }, 'stopped by a fault: tried again');
  }
}

const isIdle = ({ owned, run, listed }: Member): boolean => owned && !run && !listed.paused;
