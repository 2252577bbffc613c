import { setTimeout as pause } from 'node:timers/promises';
import { seededRandom } from '#apps/demo/seeded-random';
import { enrol } from '../crash/behaviours';
import { newLedger, type AnsweredCommand, type Ledger } from '../crash/ledger';
import { openNetwork, startWorkload } from '../crash/workload';
import { createPerson } from '../crash/person';
import type { CrashHarness } from '../crash/harness';

const WITHIN_MS = 60_000;

/** People at work in one installation, by turns: each turn has people of its own. */
export class Workload {
  readonly ledger: Ledger = newLedger();
  private turns = 0;

  private constructor(
    private readonly harness: CrashHarness,
    private readonly seed: number,
    private readonly members: number,
    private mediate: () => Promise<void> = () => Promise.resolve(),
  ) {}

  static async begin(harness: CrashHarness, { seed, members }: { readonly seed: number; readonly members: number }): Promise<Workload> {
    const workload = new Workload(harness, seed, members);
    workload.mediate = await openNetwork({ harness, ledger: workload.ledger, seed, members });
    return workload;
  }

  /** The last place that anybody was told, up to now. */
  private static acknowledged(given: readonly AnsweredCommand[]): string {
    return given.reduce((last, { position }) => (position !== null && position > last ? position : last), '');
  }

  /** Runs `work` while everybody is at work, and waits until everybody is answered. `now` tells the last place that was acknowledged. */
  async during<T>(commands: number, work: (now: () => string) => Promise<T>): Promise<T> {
    const prefix = `turn-${(this.turns += 1)}-`;
    const ledger = newLedger();
    const harness = {
      ...this.harness,
      token: (subject: string, roles: Parameters<CrashHarness['token']>[1]) => this.harness.token(prefix + subject, roles),
    };
    const load = startWorkload({ harness, ledger, seed: this.seed + this.turns, members: this.members }, this.mediate);
    const deadline = Date.now() + WITHIN_MS;
    try {
      while (ledger.given.length < commands && Date.now() < deadline) await pause(10);
      return await work(() => Workload.acknowledged([...this.ledger.given, ...ledger.given]));
    } finally {
      await load.finish();
      this.ledger.given.push(...ledger.given.map((one) => ({ ...one, subject: prefix + one.subject })));
      this.ledger.retries += ledger.retries;
    }
  }

  /** Somebody enters, and does nothing more. */
  async newcomer(name: string): Promise<string> {
    const chance = seededRandom(this.seed, name);
    await enrol(await createPerson(name, ['member'], { harness: this.harness, ledger: this.ledger, chance }), chance);
    return name;
  }
}
