import type { Pool } from 'pg';
import type { EventId, StreamName } from '#kernel/id';
import type { AllRead, LogFilter, StoredEvent, StreamRead, StreamSpan } from '../log.port';
import { fromPosition } from '../position';
import { unavailable } from './faults';
import { AdaptivePageSize, FIRST_PAGE } from './adaptive-page-size';
import { COLUMNS, toEvent, type EventRow } from './event-row';
import { StreamPages, type PlacedRow } from './stream-pages';

export interface Page {
  readonly events: readonly StoredEvent[];
  /** Whatever the filter lets through up to this place is in `events`, or came before them. */
  readonly through: bigint;
}

/** For a filter that lets little through, one statement looks at no more places than this. */
const FILTER_SPAN = 50_000n;
/** Order comes from an index from the first event on, whatever the statistics say. */
const SETTINGS = 'set enable_seqscan = off; set enable_bitmapscan = off; set jit = off';

interface Asking {
  readonly rowMode?: 'array';
  /** Prepared once a connection under that name. */
  readonly name?: string;
}

const SPANS = {
  name: 'log-spans',
  text: `select e.* from unnest($1::text[], $2::int[], $3::int[]) as span (stream, first, last) cross join lateral (
      select ${COLUMNS} from log.events where stream = span.stream and revision between span.first and span.last
    ) as e order by e.position`,
} as const;

const AS_ARRAYS: Asking = { rowMode: 'array' };

/** Reads in pages by key: between two pages nothing is held, neither a connection nor a snapshot. */
export class LogReader {
  private readonly streams = new StreamPages(({ text, values, name }) => this.query<PlacedRow>(text, values, { rowMode: 'array', name }));

  constructor(private readonly pool: Pool) {
    pool.on('connect', (client) => void client.query(SETTINGS).catch(() => undefined));
  }

  /** @throws LogUnavailable */
  async query<R>(text: string, values: readonly unknown[] = [], how: Asking = {}): Promise<readonly R[]> {
    try {
      const client = await this.pool.connect();
      try {
        const { rows } = await client.query({ text, values: [...values], ...how });
        client.release();
        return rows as R[];
      } catch (error) {
        client.release(true);
        throw error;
      }
    } catch (error) {
      throw unavailable(error);
    }
  }

  async head(): Promise<bigint> {
    const [row] = await this.query<{ head: string }>('select coalesce(max(position), 0) as head from log.events', [], { name: 'log-head' });
    return BigInt(row?.head ?? 0);
  }

  /** Places after `after` and up to `head`, which has been seen committed: none in between can still appear. */
  async page(after: bigint, head: bigint, filter: LogFilter | undefined, limit: number): Promise<Page> {
    const filtered = filter?.types !== undefined || filter?.categories !== undefined;
    const end = filtered && head - after > FILTER_SPAN ? after + FILTER_SPAN : head;
    const values: unknown[] = [after, end, limit];
    const { types, categories } = clauses(filter, values);
    const text = `select ${COLUMNS} from log.events where position > $1 and position <= $2 ${types} ${categories} order by position limit $3`;
    const rows = await this.query<EventRow>(text, values, AS_ARRAYS);
    const last = rows.at(-1);
    return { events: rows.map(toEvent), through: rows.length === limit && last !== undefined ? BigInt(last[0]) : end };
  }

  async count({ after, filter, limit = GREATEST_REVISION }: AllRead): Promise<number> {
    const values: unknown[] = [fromPosition(after), limit];
    const { types, categories } = clauses(filter, values);
    const counted = `select from log.events where position > $1 ${types} ${categories} limit $2`;
    const [row] = await this.query<{ count: number }>(`select count(*)::int as count from (${counted}) as after`, values);
    return row?.count ?? 0;
  }

  async find(eventIds: readonly EventId[]): Promise<readonly StoredEvent[]> {
    // the ids first: by the order's index the whole log would be walked
    const text = `with found as materialized (select ${COLUMNS} from log.events where event_id = any($1::uuid[])) select * from found order by position`;
    return (await this.query<EventRow>(text, [eventIds], { ...AS_ARRAYS, name: 'log-find' })).map(toEvent);
  }

  /** Up to the head as it stands at the first pull. */
  async *readPages({ after, filter, limit = Infinity }: AllRead): AsyncIterable<readonly StoredEvent[]> {
    const pace = new AdaptivePageSize();
    const head = await this.head();
    let left = limit;
    for (let at = fromPosition(after); at < head && left > 0;) {
      const { events, through } = await this.page(at, head, filter, Math.min(left, pace.limit));
      if (events.length > 0) yield events;
      pace.learn(events);
      left -= events.length;
      at = through;
    }
  }

  async *readAll(read: AllRead): AsyncIterable<StoredEvent> {
    // `yield*` wraps each in promises of its own
    for await (const events of this.readPages(read)) for (const event of events) yield event;
  }

  async *readStream(stream: StreamName, read: StreamRead = {}): AsyncIterable<StoredEvent> {
    if (read.direction === 'backwards' || read.limit !== undefined) return yield* this.pagesOf(stream, read);
    const from = Math.min(read.from ?? 0, GREATEST_REVISION);
    const events = await this.streams.from(stream, from);
    yield* events;
    if (events.length === FIRST_PAGE) yield* this.pagesOf(stream, { from: from + FIRST_PAGE });
  }

  async readSpans(spans: readonly StreamSpan[]): Promise<readonly StoredEvent[]> {
    const firsts = spans.map(({ from = 0 }) => from);
    const lasts = spans.map(({ from = 0, limit = Infinity }) => Math.min(from + limit - 1, GREATEST_REVISION));
    const values = [spans.map(({ stream }) => stream), firsts, lasts];
    return (await this.query<EventRow>(SPANS.text, values, { ...AS_ARRAYS, name: SPANS.name })).map(toEvent);
  }

  async close(): Promise<void> {
    if (!this.pool.ending) await this.pool.end();
  }

  private async *pagesOf(stream: StreamName, { direction = 'forwards', from, limit = Infinity }: StreamRead): AsyncIterable<StoredEvent> {
    const [beyond, order, step] = direction === 'forwards' ? ['>=', 'asc', 1] : ['<=', 'desc', -1];
    const text = `select ${COLUMNS} from log.events where stream = $1 and revision ${beyond} $2 order by revision ${order} limit $3`;
    const pace = new AdaptivePageSize();
    let next = Math.min(from ?? (step === 1 ? 0 : GREATEST_REVISION), GREATEST_REVISION);
    for (let left = limit; left > 0;) {
      const size = Math.min(left, pace.limit);
      const events = (await this.query<EventRow>(text, [stream, next, size], AS_ARRAYS)).map(toEvent);
      yield* events;
      const last = events.at(-1);
      if (events.length < size || last === undefined) return;
      pace.learn(events);
      left -= events.length;
      next = last.revision + step;
    }
  }
}

const GREATEST_REVISION = 2 ** 31 - 1;

/** Adds what the filter names to `values`. */
const clauses = (filter: LogFilter | undefined, values: unknown[]): { readonly types: string; readonly categories: string } => ({
  types: filter?.types === undefined ? '' : `and type = any($${values.push(filter.types)})`,
  categories: filter?.categories === undefined ? '' : `and category = any($${values.push(filter.categories)})`,
});
