import { seededRandom } from '#apps/demo/seeded-random';
import { retryParked, skipParked } from '#read-store/parked/retry-parked';
import type { Instant } from '#kernel/id';
import { CommandQueue } from '#read-store/processes/command-queue';
import { retryOrders, skipOrders } from '#read-store/processes/parked-commands';
import { ParkedRefused } from '#read-store/parked/parked-queue';
import { parkedOf, type ParkedEvent } from '#read-store/parked/parked';
import { actorNamed, type Actor } from './conductor';
import { PROCESS_NAME } from './process-workload';
import type { Expected } from './expected';
import type { OperatorAct, Schedule } from './schedule';
import { isExpected, type Scene } from './simulated-worker';
import { FaultyPool } from './faulty-pool';

/** Retries and skips what is parked; what it asks may break off, and is asked again. */
export class Operator {
  readonly actor: Actor = actorNamed('operator');
  private pending: (() => unknown) | null = null;
  private readonly wired: FaultyPool;

  constructor(
    private readonly scene: Scene,
    private readonly schedule: Schedule,
    private readonly expected: readonly Expected[],
  ) {
    const { conductor, harness, injector, invariants } = scene;
    this.wired = new FaultyPool({
      ...{ actor: this.actor, worker: schedule.workers.length, conductor, connections: harness.connections, injector },
      ...{ started: () => true, onLoaded: () => undefined, onClaim: () => undefined, onCrash: () => undefined },
      ...(scene.mutant.statement === undefined ? {} : { alter: scene.mutant.statement }),
      look: (by, at, text) => {
        if (text === 'commit') this.committed();
        return invariants.look(by, at);
      },
    });
  }

  /** One act on one of those that are parked now. Answers whether there was one. */
  async act(kind: OperatorAct['kind'], n: number): Promise<boolean> {
    const heads = (await this.insisting(() => this.list())).filter(isHead);
    if (heads.length === 0) return false;
    await this.on(kind, seededRandom(this.schedule.seed, `operation ${n}`).of(heads));
    return true;
  }

  /** Everything folded again or, where nobody knows the rows, skipped, until nothing is parked. */
  async clear(): Promise<void> {
    for (let round = 0; round < ROUNDS; round += 1) {
      const heads = (await this.insisting(() => this.list())).filter(isHead);
      if (heads.length === 0) return;
      const hidden = heads.filter(({ unknown }) => unknown);
      for (const head of hidden.length > 0 ? hidden : heads) await this.on(head.unknown ? 'skip' : 'retry', head);
    }
    this.scene.invariants.find('stuck', 'what was parked stays parked, though the fold was mended');
  }

  private async on(kind: OperatorAct['kind'], parked: ParkedEvent): Promise<void> {
    if (parked.name === PROCESS_NAME) return this.onProcess(kind, parked);
    const { name, key, unknown, eventId } = parked;
    const { poison, harness, log } = this.scene;
    const parts = { pool: this.wired.pool, log, codec: poison.codec, models: poison.models, schema: harness.play.schema };
    const expected = this.expected.find(({ model }) => model.projection.name === name)!;
    await this.insisting(async () => {
      this.pending = () => (kind === 'retry' ? expected.retry(key) : expected.skip({ key, unknown, eventId }));
      if (kind === 'retry') await retryParked(parts, { name, key });
      else await skipParked(parts, { name, key, unknown, eventId });
    });
  }

  private async onProcess(kind: OperatorAct['kind'], { name, key, eventId, due }: ParkedEvent): Promise<void> {
    const { processes, poison, harness, log, conductor } = this.scene;
    const clock = { now: () => new Date(conductor.time.wall()).toISOString() as Instant };
    const orders = new CommandQueue({ execute: processes.execute, clock, concurrency: 1, onRejected: () => undefined });
    const common = { pool: this.wired.pool, log, codec: poison.codec, schema: harness.play.schema, ask: () => Promise.resolve() };
    const parts = { ...common, clock, orders, processes: processes.processes };
    await this.insisting(async () => {
      this.pending = () => kind === 'skip' && processes.skip({ key, eventId, due });
      if (kind === 'retry') await retryOrders(parts, { name, key });
      else await skipOrders(parts, { name, key, eventId });
    });
  }

  private list(): Promise<readonly ParkedEvent[]> {
    return parkedOf(this.wired.pool, { page: { limit: 500 }, schema: this.scene.harness.play.schema }).then(({ parked }) =>
      parked.filter(({ state }) => state === 'parked'),
    );
  }

  private committed(): void {
    this.pending?.();
    this.pending = null;
  }

  private async insisting<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await work();
      } catch (fault) {
        this.pending = null;
        if (fault instanceof ParkedRefused) return undefined as T;
        if (attempt > ROUNDS || !isExpected(fault)) throw fault;
        await this.scene.conductor.time.pause(RETRY_DELAY_MS);
      }
    }
  }
}

const ROUNDS = 100;
const RETRY_DELAY_MS = 50;

const isHead = (one: ParkedEvent, _: number, all: readonly ParkedEvent[]): boolean =>
  !all.some((other) => other.name === one.name && other.key === one.key && other.unknown === one.unknown && other.position < one.position);
