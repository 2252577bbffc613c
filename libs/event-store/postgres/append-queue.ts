import { LogUnavailable, type AppendResult } from '../log.port';
import type { AppendConnection } from './append-connection';
import type { AppendRequest } from './append-statement';
import { appendFault, isAboutValues } from './faults';

/** A group's bounds: beyond them the next group waits for one more round trip. */
const GROUP = { appends: 256, bytes: 4 * 1024 * 1024 } as const;

interface Waiting {
  readonly request: AppendRequest;
  readonly settle: (result: AppendResult) => void;
  readonly fail: (fault: LogUnavailable) => void;
  inDoubt: boolean;
  isTooLate: boolean;
}

/**
 * Appends of one process: while a group is under way the next gather, so that one flush to disk serves them all. They wait in a list: a Set
 * whose entries come and go is copied now and then, and a copy that lives until the next full collection keeps all later ones alive.
 */
export class AppendQueue {
  private waiting: Waiting[] = [];
  private running: Promise<void> | undefined;

  constructor(
    private readonly connection: AppendConnection,
    private readonly deadlineMs: number,
    private readonly onStored: () => void,
  ) {}

  /** @throws LogUnavailable, `ambiguous` once the append has been sent */
  add(request: AppendRequest): Promise<AppendResult> {
    return new Promise((resolve, reject) => {
      const entry: Waiting = {
        request,
        inDoubt: false,
        isTooLate: false,
        settle: (result) => (clearTimeout(timer), resolve(result)),
        fail: (fault) => (clearTimeout(timer), reject(fault)),
      };
      const timer = setTimeout(() => {
        entry.isTooLate = true;
        reject(new LogUnavailable(`the log did not answer within ${this.deadlineMs} ms`, entry.inDoubt));
      }, this.deadlineMs);
      this.waiting.push(entry);
      this.running ??= this.run();
    });
  }

  /** When nothing waits and nothing is under way. */
  async drained(): Promise<void> {
    await this.running;
  }

  private async run(): Promise<void> {
    while (this.waiting.length > 0) {
      await nextTurn();
      await this.send(this.nextGroup());
    }
    this.running = undefined;
  }

  /** First come, first served; an event id enters a group once, so that its retry finds it stored. */
  private nextGroup(): readonly Waiting[] {
    const [group, left]: [Waiting[], Waiting[]] = [[], []];
    const ids = new Set<string>();
    let [bytes, isFull] = [0, false];
    for (const entry of this.waiting) {
      const { events, bytes: size } = entry.request;
      if (entry.isTooLate) continue;
      isFull ||= group.length === GROUP.appends || (group.length > 0 && bytes + size > GROUP.bytes);
      if (isFull || events.some(({ eventId }) => ids.has(eventId))) {
        left.push(entry);
        continue;
      }
      for (const { eventId } of events) ids.add(eventId);
      bytes += size;
      group.push(entry);
    }
    this.waiting = left;
    return group;
  }

  private async send(group: readonly Waiting[]): Promise<void> {
    if (group.length === 0) return;
    const doubt = (inDoubt: boolean): void => group.forEach((entry) => (entry.inDoubt = inDoubt));
    try {
      const results = await this.connection.append(
        group.map(({ request }) => request),
        () => doubt(true),
      );
      group.forEach((entry, index) => settle(entry, results[index]));
      this.onStored();
    } catch (error) {
      doubt(false);
      if (group.length > 1 && isAboutValues(error)) for (const entry of group) await this.send([entry]);
      else for (const entry of group) entry.fail(appendFault(error));
    }
  }
}

const settle = (entry: Waiting, result: AppendResult | undefined): void => {
  if (result !== undefined) entry.settle(result);
};

/** Everybody who was answered in this turn asks again before the next group leaves. */
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
