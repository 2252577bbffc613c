import { setImmediate as turn } from 'node:timers/promises';
import { canonicalJson } from '#kernel/canonical-json';
import type { Codec, RecordedEvent } from '#event-store/codec.port';
import { START, type EventLog, type Position } from '#event-store/log.port';
import { distinct, foldKeys, type Rows } from './fold';
import type { DumpedRow } from './in-memory-fold';
import type { AnyReadModel } from '../read-model';

export interface SortedFold {
  readonly log: Pick<EventLog, 'readAll'>;
  readonly codec: Pick<Codec, 'decode'>;
  readonly model: AnyReadModel;
  /** The last position that counts. */
  readonly until: Position;
  /** Characters of rows and evidence that are kept at once; what is beyond comes in a further pass over the log. */
  readonly budget: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: FoldProgress) => void;
}

export interface FoldProgress {
  /** From 1. */
  readonly pass: number;
  /** Of the kinds that the model takes, in this pass. */
  readonly events: number;
  readonly position: Position;
}

/** As a dump has it, with the row as a value besides. */
export interface SortedRow extends DumpedRow {
  readonly value: unknown;
  /** Of each piece of evidence: which of the model's events told it, from 1. In the log's order over all rows. */
  readonly ordinals: readonly number[];
}

interface Kept {
  value: unknown;
  readonly evidence: Map<string, number>;
  folds: number;
  weight: number;
}

const EVIDENCE_WEIGHT = 64;
const byBytes = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other));

/** The rows from `low` on, up to as many as the budget lets stay. */
class KeyRange implements Rows<unknown> {
  readonly rows = new Map<string, Kept>();
  /** The first key that was left out; null where none was. */
  high: string | null = null;
  private weight = 0;
  private events = 0;

  constructor(
    private readonly model: AnyReadModel,
    private readonly low: string | null,
    private readonly budget: number,
  ) {}

  take(event: RecordedEvent): void {
    const { projection } = this.model;
    this.events += 1;
    const keys = distinct(projection.keys(event)).filter((key) => this.isWithin(key));
    foldKeys(projection, this, { event, keys });
    for (const key of keys) this.weigh(key);
    if (this.weight > this.budget && this.rows.size > 1) this.shrink();
  }

  sorted(): readonly string[] {
    return [...this.rows.keys()].sort(byBytes);
  }

  get(key: string): unknown {
    return this.rows.get(key)?.value;
  }

  put(key: string, row: unknown): void {
    if (row === null) return this.clear(key);
    const kept = this.rows.get(key);
    if (kept) kept.value = row;
    else this.rows.set(key, { value: row, evidence: new Map(), folds: 0, weight: 0 });
  }

  addEvidence(key: string, eventId: string): void {
    const evidence = this.rows.get(key)?.evidence;
    if (evidence?.has(eventId) === false) evidence.set(eventId, this.events);
  }

  clear(key: string): void {
    this.weight -= this.rows.get(key)?.weight ?? 0;
    this.rows.delete(key);
  }

  private isWithin(key: string): boolean {
    return (this.low === null || byBytes(key, this.low) >= 0) && (this.high === null || byBytes(key, this.high) < 0);
  }

  /** At 1, 2, 4, 8 … folds: a row that grows by each event is not written out at each. */
  private weigh(key: string): void {
    const kept = this.rows.get(key);
    if (!kept) return;
    kept.folds += 1;
    if ((kept.folds & (kept.folds - 1)) !== 0) return;
    const weight = canonicalJson(kept.value).length + kept.evidence.size * EVIDENCE_WEIGHT;
    this.weight += weight - kept.weight;
    kept.weight = weight;
  }

  /** Lets the upper keys go, so that half the budget is free. */
  private shrink(): void {
    let kept = 0;
    for (const key of this.sorted()) {
      const { weight } = this.rows.get(key)!;
      if (this.high === null || byBytes(key, this.high) < 0) {
        if (kept === 0 || kept + weight <= this.budget / 2) {
          kept += weight;
          continue;
        }
        this.high = key;
      }
      this.clear(key);
    }
  }
}

/** The event loop's other work waits no longer than this. */
const TURN_MS = 8;

const onePass = async (range: KeyRange, pass: number, { log, codec, model, until, signal, onProgress }: SortedFold): Promise<void> => {
  const types = Object.keys(model.projection.handles).sort();
  let events = 0;
  let turned = performance.now();
  for await (const stored of log.readAll({ after: START, filter: { types } })) {
    signal?.throwIfAborted();
    if (stored.position > until) break;
    range.take(codec.decode(stored));
    events += 1;
    onProgress?.({ pass, events, position: stored.position });
    if (performance.now() - turned < TURN_MS) continue;
    await turn();
    turned = performance.now();
  }
};

/**
 * A read model folded from the log alone, row by row in the order of the keys' bytes: the rows and evidence that its tables have at
 * that position. Memory is bounded: rows beyond the budget wait for a further pass over the log, by ranges of keys.
 * @throws CodecFault, or what the fold threw; where `signal` aborts, its reason
 */
export async function* foldSorted(fold: SortedFold): AsyncIterable<SortedRow> {
  let low: string | null = null;
  for (let pass = 1; ; pass += 1) {
    const range: KeyRange = new KeyRange(fold.model, low, fold.budget);
    await onePass(range, pass, fold);
    for (const key of range.sorted()) {
      const { value, evidence } = range.rows.get(key)!;
      yield { key, row: canonicalJson(value), evidence: [...evidence.keys()], ordinals: [...evidence.values()], value };
    }
    if (range.high === null) return;
    low = range.high;
  }
}
