/** What the double's nodes share: one log in memory, judged as the server's index writer judges. Test code: nothing here is durable. */
export interface DoubleRecord {
  readonly position: bigint;
  readonly stream: string;
  readonly revision: bigint;
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

export type Proposed = Pick<DoubleRecord, 'id' | 'type' | 'contentType' | 'data' | 'metadata'>;
export type DoubleExpected = 'any' | 'no_stream' | 'stream_exists' | bigint;

export type DoubleAnswer =
  | { readonly kind: 'written'; readonly position: bigint; readonly last: bigint }
  | { readonly kind: 'wrong'; readonly actual: bigint | undefined }
  | { readonly kind: 'deleted' }
  /** Nothing is stored, and the client hears of a time limit. */
  | { readonly kind: 'dropped' };

const TOMBSTONE = 2n ** 63n - 1n;
const NO_STREAM = -1n;

interface DoubleStream {
  readonly records: DoubleRecord[];
  readonly byId: Map<string, DoubleRecord>;
  /** Soft-deleted up to here: readers do not see it, `no_stream` goes on after it. */
  truncatedBefore: bigint;
  tombstoned: boolean;
}

export class DoubleLog {
  readonly records: DoubleRecord[] = [];
  private readonly streams = new Map<string, DoubleStream>();
  private readonly places = new Map<bigint, number>();
  private readonly listeners = new Set<() => void>();
  /** Takes no append for one that is there already. */
  forgetful = false;
  /**
   * So many of the newest records are not indexed yet: a stream does not show them, and an append that repeats them is dropped. The
   * server answers a dropped one when its time is over, and by then they are indexed.
   */
  unindexed = 0;

  /** `end`: where the log begins; a real one that has lived has numbers beyond 2^53. */
  constructor(private end = 1_131n) {
    this.system('$server-started');
  }

  /** What a real server writes by itself, between everybody's events. */
  system(type = '$statsCollected'): void {
    this.put('$stats-127.0.0.1', [{ id: crypto.randomUUID(), type, contentType: 'application/json', data: EMPTY, metadata: EMPTY }]);
  }

  append(stream: string, expected: DoubleExpected, proposed: readonly Proposed[]): DoubleAnswer {
    const known = this.streams.get(stream);
    if (known?.tombstoned === true) return { kind: 'deleted' };
    const last = this.lastOf(known);
    const repeated = this.repeated(known, expected, proposed);
    if (repeated !== undefined && !this.indexed(repeated)) {
      this.unindexed = 0;
      return { kind: 'dropped' };
    }
    if (repeated !== undefined) return { kind: 'written', position: repeated.position, last: repeated.revision };
    const hidden = known !== undefined && known.truncatedBefore > last;
    const fits =
      expected === 'any' ||
      (expected === 'stream_exists' && last >= 0n && !hidden) ||
      (expected === 'no_stream' && (last === NO_STREAM || hidden)) ||
      expected === last;
    if (!fits) return { kind: 'wrong', actual: last < 0n ? undefined : last };
    const written = this.put(stream, proposed);
    return { kind: 'written', position: written.position, last: written.revision };
  }

  /** Records that readers see, oldest first; `deleted` after a tombstone. */
  visible(stream: string): readonly DoubleRecord[] | 'deleted' {
    const known = this.streams.get(stream);
    if (known?.tombstoned === true) return 'deleted';
    return known?.records.filter((record) => record.revision >= known.truncatedBefore && this.indexed(record)) ?? [];
  }

  softDelete(stream: string): void {
    const known = this.streams.get(stream);
    if (known !== undefined) known.truncatedBefore = this.lastOf(known) + 1n;
  }

  tombstone(stream: string): void {
    const tombstone = { id: crypto.randomUUID(), type: '$streamDeleted', contentType: 'application/json', data: EMPTY, metadata: EMPTY };
    this.put(stream, [tombstone], TOMBSTONE);
    (this.streams.get(stream) as DoubleStream).tombstoned = true;
  }

  /** Called after each append. @returns how to stop listening */
  onAppend(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Index of the first record after `position`; nothing where no record lies there. */
  after(position: bigint): number | undefined {
    const last = this.records.at(-1);
    if (last !== undefined && position > last.position) return Infinity;
    const index = this.places.get(position);
    return index === undefined ? undefined : index + 1;
  }

  private indexed({ position }: DoubleRecord): boolean {
    return this.unindexed === 0 || position < (this.records[this.records.length - this.unindexed]?.position ?? 0n);
  }

  private lastOf(known: DoubleStream | undefined): bigint {
    return known?.records.at(-1)?.revision ?? NO_STREAM;
  }

  /** As the server: by place for an exact revision, by id (anywhere, in any order) otherwise. At the actual revision it never looks. */
  private repeated(known: DoubleStream | undefined, expected: DoubleExpected, proposed: readonly Proposed[]): DoubleRecord | undefined {
    if (known === undefined || this.forgetful) return undefined;
    if (expected === 'any' || expected === 'stream_exists') {
      const found = proposed.map(({ id }) => known.byId.get(id));
      return found.every((record) => record !== undefined) ? found.at(-1) : undefined;
    }
    const from = expected === 'no_stream' ? 0n : expected + 1n;
    const there = proposed.map((_, n) => known.records[Number(from) + n]);
    return there.every((record, n) => record?.id === proposed[n]?.id) ? there.at(-1) : undefined;
  }

  private put(stream: string, proposed: readonly Proposed[], at?: bigint): DoubleRecord {
    const known: DoubleStream = this.streams.get(stream) ?? { records: [], byId: new Map(), truncatedBefore: 0n, tombstoned: false };
    this.streams.set(stream, known);
    for (const event of proposed) {
      const record = { ...event, stream, revision: at ?? this.lastOf(known) + 1n, position: this.end };
      known.records.push(record);
      known.byId.set(record.id, record);
      this.places.set(record.position, this.records.length);
      this.records.push(record);
      this.end += BigInt(127 + event.data.length + event.metadata.length + 2 * event.type.length);
    }
    for (const listener of [...this.listeners]) listener();
    return known.records.at(-1) as DoubleRecord;
  }
}

const EMPTY = new Uint8Array();
