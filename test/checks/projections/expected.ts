import type { RecordedEvent } from '#event-store/codec.port';
import { canonicalJson } from '#kernel/canonical-json';
import { distinct, emptyFolding, foldKeys, standingEvidence, type Folding } from '#read-store/fold/fold';
import type { AnyReadModel } from '#read-store/read-model';
import type { Poison } from './poison';

/** One event that a row lacks, or a stream's rows. */
interface Kept {
  readonly place: number;
  readonly event: RecordedEvent;
  readonly unknown: boolean;
  readonly key: string;
  skipped: boolean;
}

export interface Skip {
  readonly key: string;
  readonly unknown: boolean;
  readonly eventId: string;
}

/**
 * What a read model holds after each event of the log, folded in memory, one event after the other: by the rules of parking, told
 * once more and plainly.
 */
export class Expected {
  private readonly folding: Folding<unknown> = emptyFolding();
  private readonly events: RecordedEvent[] = [];
  private kept: Kept[] = [];
  private at = 0;
  /** Parked at some time. */
  ever = 0;

  constructor(
    readonly model: AnyReadModel,
    private readonly poison: Poison,
  ) {}

  /** The log grew. */
  append(event: RecordedEvent): void {
    this.events.push(event);
  }

  /** The checkpoint stands after so many events. */
  advance(to: number): void {
    for (; this.at < Math.min(to, this.events.length); this.at += 1) this.take(this.events[this.at]!, this.at + 1);
  }

  /** Key, row, evidence in log order; by key. */
  get rows(): string {
    const evidence = new Map<string, string[]>();
    for (const { key, eventId } of standingEvidence(this.folding)) evidence.set(key, [...(evidence.get(key) ?? []), eventId]);
    return JSON.stringify(
      [...this.folding.rows]
        .filter(([, row]) => row !== null)
        .sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
        .map(([key, row]) => [key, canonicalJson(row), evidence.get(key) ?? []]),
    );
  }

  /** Whether nobody knows the rows, key or stream, place, and whether it was skipped. */
  get parked(): string {
    return JSON.stringify(this.kept.map(({ unknown, key, place, skipped }) => [unknown, key, place, skipped]).sort(byText));
  }

  /** An operator has a row's events folded again: all or none. */
  retry(key: string): void {
    const queue = this.queueOf(key);
    if (queue.some((one) => this.isHeld(one) || this.throws(one))) return;
    for (const one of queue) this.again(one);
  }

  /** An operator drops an event, and those behind it go on. */
  skip({ key, unknown, eventId }: Skip): void {
    const one = this.kept.find(
      (kept) => kept.key === key && kept.unknown === unknown && kept.event.meta.eventId === eventId && !kept.skipped,
    );
    if (one === undefined) return;
    one.skipped = true;
    for (const of of unknown ? this.rowsBehind(key) : [key]) {
      for (const next of this.queueOf(of)) {
        if (this.isHeld(next) || this.throws(next)) break;
        this.again(next);
      }
    }
  }

  private take(event: RecordedEvent, place: number): void {
    if (!(event.type in this.model.projection.handles)) return;
    const { eventId, stream } = event.meta;
    const isSkipped = (unknown: boolean, key: string): boolean =>
      this.kept.some((one) => one.skipped && one.unknown === unknown && one.key === key && one.event.meta.eventId === eventId);
    const keep = (unknown: boolean, key: string): void => {
      this.ever += 1;
      this.kept.push({ place, event, unknown, key, skipped: false });
    };
    if (isSkipped(true, stream)) return;
    if (this.poison.hides(event.meta)) return keep(true, stream);
    for (const key of distinct(this.model.projection.keys(event))) {
      const one: Kept = { place, event, unknown: false, key, skipped: false };
      if (isSkipped(false, key)) continue;
      if (this.queueOf(key).length > 0 || this.isHeld(one) || this.throws(one)) keep(false, key);
      else this.fold(one);
    }
  }

  private throws({ event, key }: Kept): boolean {
    return this.poison.hides(event.meta) || this.poison.throwsAt(event.meta, key);
  }

  /** Behind an event of its stream whose rows nobody knows. */
  private isHeld({ event, place }: Kept): boolean {
    return this.kept.some((one) => one.unknown && !one.skipped && one.key === event.meta.stream && one.place < place);
  }

  private queueOf(key: string): readonly Kept[] {
    return this.kept.filter((one) => !one.unknown && !one.skipped && one.key === key).sort((a, b) => a.place - b.place);
  }

  private rowsBehind(stream: string): readonly string[] {
    const keys = distinct(this.kept.filter(({ unknown, skipped }) => !unknown && !skipped).map(({ key }) => key));
    return keys.filter((key) => this.queueOf(key)[0]?.event.meta.stream === stream);
  }

  private again(one: Kept): void {
    this.kept = this.kept.filter((other) => other !== one);
    this.fold(one);
  }

  private fold({ event, key }: Kept): void {
    foldKeys(this.model.projection, this.folding, { event, keys: [key] });
  }
}

export const byText = (a: unknown, b: unknown): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
