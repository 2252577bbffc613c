import type { Instant } from '#kernel/id';
import type { Clock } from '#kernel/clock';
import { SubscriptionRunner } from '#read-store/subscriptions/subscription-runner';
import { readModelConsumer } from '#read-store/fold/projection-runner';
import { startRuntime, type Runtime } from '#read-store/subscriptions/runtime';
import type { EventLog } from '#event-store/log.port';
import { actorNamed, type Actor, type Conductor } from './conductor';
import type { ProcessWorkload } from './process-workload';
import type { Poison } from './poison';
import { faultyLog, type SharedLog } from './faulty-log';
import type { WorkerPlan } from './schedule';
import type { ProjectionsHarness } from './harness';
import type { FaultInjector } from './faults';
import type { Invariants } from './invariants';
import { FaultyPool, type AlterStatement } from './faulty-pool';

export interface Scene {
  readonly conductor: Conductor;
  readonly harness: ProjectionsHarness;
  readonly log: SharedLog;
  readonly injector: FaultInjector;
  readonly invariants: Invariants;
  readonly poison: Poison;
  readonly processes: ProcessWorkload;
  readonly mutant: { readonly statement?: AlterStatement };
}

/** One life of a worker's process. */
interface Life {
  readonly actor: Actor;
  readonly wired: FaultyPool;
  readonly log: EventLog;
  readonly stop: AbortController;
  started: boolean;
}

const LEASE_MS = 3_000;
const RETRY_DELAY_MS = 20;

/** One worker: its process comes, dies and comes again. */
export class SimulatedWorker {
  private life: Life | undefined;
  private lives = 0;
  private over = false;
  /** Its next life is about to begin. */
  private startsAgain = false;
  private readonly ended: Promise<unknown>[] = [];

  constructor(
    readonly number: number,
    private readonly plan: WorkerPlan,
    private readonly scene: Scene,
  ) {}

  start(): void {
    if (this.over) return;
    const life = this.begin();
    this.life = life;
    this.ended.push(this.work(life).catch((fault: unknown) => this.failed(life, fault)));
  }

  /** Its process ends, to be started again with other code. */
  async replace(downMs: number): Promise<void> {
    const { life } = this;
    if (life === undefined || life.actor.dead || this.over) return;
    const dying = life.wired.die(false);
    life.stop.abort();
    this.startIn(downMs);
    await dying;
  }

  /** Everything that it still had in hand is over then. */
  async stop(): Promise<void> {
    this.over = true;
    this.life?.stop.abort();
    await Promise.all(this.ended);
  }

  /** Once, however many want it: a process that was to be started again anyway may be replaced, too. */
  private startIn(ms: number): void {
    if (this.startsAgain) return;
    this.startsAgain = true;
    this.scene.conductor.time.after(ms, () => {
      this.startsAgain = false;
      this.start();
    });
  }

  get comesAfter(): number {
    return this.plan.after;
  }

  get isUnderLease(): boolean {
    return this.plan.kind === 'live';
  }

  private begin(): Life {
    this.lives += 1;
    const { conductor, harness, log, injector, invariants, mutant } = this.scene;
    const actor = actorNamed(`worker ${this.number} (${this.plan.kind}, life ${this.lives})`);
    const onCrash = (downMs: number): void => {
      life.stop.abort();
      this.startIn(downMs);
    };
    const wired: FaultyPool = new FaultyPool({
      ...{ actor, worker: this.number, conductor, connections: harness.connections, injector, onCrash },
      ...(mutant.statement === undefined ? {} : { alter: mutant.statement }),
      started: () => life.started,
      look: (by, at) => invariants.look(by, at),
      onLoaded: (by) => invariants.loaded(by),
      onClaim: (by, owner) => invariants.claims(by, owner),
    });
    const crashAt = async (downMs: number): Promise<void> => {
      await wired.die(false);
      onCrash(downMs);
    };
    const own = faultyLog(log, { actor, worker: this.number, conductor, injector, onCrash: crashAt });
    const life: Life = { actor, wired, log: own, stop: new AbortController(), started: false };
    return life;
  }

  /** A process that cannot start is started again. */
  private failed(life: Life, fault: unknown): void {
    if (life.actor.dead || this.over) return;
    if (life.started) this.scene.invariants.find('unhandled', `${life.actor.name} ended: ${String(fault)}`);
    this.startIn(RETRY_DELAY_MS);
  }

  private work(life: Life): Promise<void> {
    if (this.plan.kind === 'bare') return this.follow(life);
    return this.plan.kind === 'live' ? this.live(life) : this.driven(life);
  }

  private runtime(life: Life, mode: 'live' | 'driven'): Promise<Runtime> {
    const clock: Clock = { now: () => new Date(this.scene.conductor.time.wall()).toISOString() as Instant };
    // what it would tell is told again by what the tables hold
    const logger = { info: () => undefined, warn: () => undefined };
    return startRuntime({
      ...{
        log: life.log,
        codec: this.scene.poison.codec,
        pool: life.wired.pool,
        readModels: this.scene.poison.models,
        processes: this.scene.processes.processes,
        execute: this.scene.processes.execute,
        clock,
        mode,
        logger,
        leaseMs: LEASE_MS,
      },
      ...{ schema: this.scene.harness.play.schema, personalTexts: false },
    });
  }

  private async live(life: Life): Promise<void> {
    const runtime = await this.runtime(life, 'live');
    life.started = true;
    if (!life.stop.signal.aborted) await new Promise((resolve) => life.stop.signal.addEventListener('abort', resolve));
    await runtime.stop();
  }

  private async driven(life: Life): Promise<void> {
    const runtime = await this.runtime(life, 'driven');
    life.started = true;
    while (!life.stop.signal.aborted && !life.actor.dead) {
      await runtime.drain().catch((fault: unknown) => this.expect(fault));
      await this.scene.conductor.time.pause(RETRY_DELAY_MS);
    }
    await runtime.stop();
  }

  private async follow(life: Life): Promise<void> {
    const { poison, harness } = this.scene;
    const { schema } = harness.play;
    const limits = { events: this.plan.batch, bytes: 1_000_000 };
    const made = (): SubscriptionRunner =>
      new SubscriptionRunner(
        poison.models.map((model) => readModelConsumer(model, schema)),
        { pool: life.wired.pool, codec: poison.codec, schema, limits, inOrder: false },
      );
    let follower = made();
    life.started = true;
    while (!life.stop.signal.aborted && !life.actor.dead) {
      if (!this.plan.keepsConsumers) follower = made();
      await follower
        .load()
        .then(() => follower.run({ source: life.log.subscribe.bind(life.log), signal: life.stop.signal }))
        .catch((fault: unknown) => this.expect(fault));
      await this.scene.conductor.time.pause(RETRY_DELAY_MS);
    }
  }

  /** What the schedule brings about is gone on from; anything else is a finding. */
  private expect(fault: unknown): void {
    if (!isExpected(fault)) this.scene.invariants.find('unhandled', told(fault));
  }
}

const told = (fault: unknown): string => (fault instanceof Error ? `${fault.name}: ${fault.message}` : String(fault));

export const isExpected = (fault: unknown): boolean => EXPECTED.test(told(fault));

const EXPECTED = /Connection terminated|LostRace|LogUnavailable|was never registered|terminating connection|deadlock detected/;
