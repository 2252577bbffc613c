import type { EventLog, Position, StoredEvent } from '#event-store/log.port';
import type { Clock } from './clock';
import type { Subscriber } from './schedule';
import type { ConsumedEvents, Observations } from './observations';

export interface FollowerParts {
  readonly name: string;
  readonly log: EventLog;
  readonly time: Clock;
  readonly observed: Observations;
  readonly after: Position;
  readonly onGiven: () => void;
}

/** Of one consumer in one schedule; and until it is started again. */
const DEATHS = 4;
const REST_MS = 50;

/** A consumer with a checkpoint of its own, committed together with what it stands for; it dies now and then, and goes on from there. */
export class FollowingConsumer implements ConsumedEvents {
  readonly committed: StoredEvent[] = [];
  readonly after: Position;
  readonly name: string;
  readonly filter: Subscriber['filter'];
  /** No more deaths and no more slowness: the end is near. */
  hurried = false;
  private deaths = 0;
  private checkpoint: Position;
  private readonly ending = new AbortController();
  private readonly hopes = new Set<() => void>();

  constructor(
    private readonly as: Subscriber,
    private readonly parts: FollowerParts,
    /** Planted: a consumer that stores its checkpoint before what it stands for. */
    private readonly checkpointFirst = false,
  ) {
    ({ name: this.name, after: this.after } = parts);
    this.checkpoint = parts.after;
    this.filter = as.filter;
  }

  get position(): Position {
    return this.checkpoint;
  }

  stop(): void {
    this.ending.abort();
  }

  /** Until everything up to `position` is committed. */
  async reached(position: Position): Promise<void> {
    while (this.checkpoint < position) await new Promise<void>((resolve) => void this.hopes.add(resolve));
  }

  /** Until stopped, life after life. */
  async follow(): Promise<void> {
    const { signal } = this.ending;
    while (!signal.aborted) {
      const dying = new AbortController();
      await this.live(dying, AbortSignal.any([signal, dying.signal]));
      if (!dying.signal.aborted) return; // stopped; or it ended by itself, which nobody may expect
      this.deaths += 1;
      await this.parts.time.pause(REST_MS);
    }
  }

  private async live(dying: AbortController, signal: AbortSignal): Promise<void> {
    const { slowMs, slowEvery, commitEvery, diesEvery } = this.as;
    const { log, time, observed, onGiven } = this.parts;
    let held: StoredEvent[] = [];
    let told = this.checkpoint;
    let given = 0;
    for await (const item of log.subscribe({ after: this.checkpoint, ...(this.filter && { filter: this.filter }), signal })) {
      const position = item.kind === 'event' ? item.event.position : item.position;
      if (item.kind !== 'event') {
        if (position < told) observed.find('reordered', `${this.name} was told of ${position} after ${told}`);
        this.commit(held, position);
        held = [];
      } else {
        if (position <= told)
          observed.find(
            held.some(({ eventId }) => eventId === item.event.eventId) ? 'doubled' : 'reordered',
            `${this.name} got ${position} after it was told of ${told}`,
          );
        held.push(item.event);
        given += 1;
        onGiven();
        if (this.checkpointFirst) this.checkpoint = position;
        if (slowMs > 0 && given % slowEvery === 0 && !this.hurried) await time.pause(slowMs);
        if (diesEvery > 0 && given % diesEvery === 0 && this.deaths < DEATHS && !this.hurried) return dying.abort();
        if (given % commitEvery === 0 || this.hurried) {
          this.commit(held, position);
          held = [];
        }
      }
      if (position > told) told = position;
    }
  }

  private commit(events: readonly StoredEvent[], position: Position): void {
    this.committed.push(...events);
    if (position > this.checkpoint) this.checkpoint = position;
    for (const hope of this.hopes) hope();
    this.hopes.clear();
  }
}
