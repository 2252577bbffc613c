import { BackOff } from './back-off';
import { EventStreamParser, type StreamEvent } from './event-stream';
import { FeedState } from './feed-state';
import { FeedRefused, type Frame } from './frames';

/** Where a run stopped: what it knew, and the last event that this holds. As JSON it can be kept. */
export interface ResumePoint<Value> {
  readonly lastEventId: string;
  /** By key; none where the run kept no state. */
  readonly state: readonly (readonly [key: string, value: Value])[];
}

export interface FeedOptions<Value> {
  /** `https://…/networks/<id>/feeds/<name>`, with its query. */
  readonly url: string;
  /** A token, or what gives a fresh one: asked before each connection. */
  readonly token: string | (() => string | Promise<string>);
  /** To go on where an earlier run stopped: its `resumePoint`. */
  readonly resumeFrom?: ResumePoint<Value>;
  /** Keep what is known in `state`; default true. */
  readonly keepsState?: boolean;
  /** Ends the feed, as `close` does. */
  readonly signal?: AbortSignal;
  /** No byte for so long: the connection is given up, and made again. Default 60 s, four heartbeats. */
  readonly silenceMs?: number;
  /** Between attempts: from `leastMs` (500) doubling up to `mostMs` (30 s), with jitter. */
  readonly backOff?: { readonly leastMs?: number; readonly mostMs?: number };
  /** Told each time that it has to come back, and why. */
  readonly onRetry?: (why: string, waitMs: number) => void;
  readonly fetch?: typeof fetch;
}

export interface Feed<Value> extends AsyncIterable<Frame<Value>> {
  /** Everything that is known after the last frame that was handed out. */
  readonly state: ReadonlyMap<string, Value>;
  /** Id of the last event that was handed out. */
  readonly lastEventId: string | null;
  /** Keep it, and give it to the next run; null before the first snapshot is whole. Amid a snapshot, where one was before it. */
  readonly resumePoint: ResumePoint<Value> | null;
  close(): void;
}

/** Refusals that another attempt does not change. */
const FINAL = [400, 401, 403, 404, 405];

/**
 * Follows a feed until closed, over as many connections as it takes: it comes back by itself after the last event that was handed out, so
 * that nothing is missed and nothing comes twice.
 * @example for await (const frame of openFeed<RiskFigure>({ url, token })) if (frame.type === 'delta') draw(feed.state);
 * @throws FeedRefused from the iteration, where the server refuses for good
 */
export const openFeed = <Value>(options: FeedOptions<Value>): Feed<Value> => new Following<Value>(options);

class Following<Value> implements Feed<Value> {
  private readonly stop = new AbortController();
  private readonly known: FeedState<Value>;
  private readonly backOff: BackOff;
  private lastId: string | null;
  /** Of the last event after which all that is known is whole. */
  private wholeId: string | null;

  constructor(private readonly options: FeedOptions<Value>) {
    const { signal, resumeFrom, backOff: { leastMs = 500, mostMs = 30_000 } = {} } = options;
    this.known = new FeedState<Value>(resumeFrom?.state);
    this.lastId = this.wholeId = resumeFrom?.lastEventId ?? null;
    this.backOff = new BackOff(leastMs, mostMs);
    signal?.addEventListener('abort', () => this.close(), { once: true });
    if (signal?.aborted) this.close();
  }

  get state(): ReadonlyMap<string, Value> {
    return this.known.items;
  }

  get lastEventId(): string | null {
    return this.lastId;
  }

  get resumePoint(): ResumePoint<Value> | null {
    return this.wholeId === null ? null : { lastEventId: this.wholeId, state: [...this.known.items] };
  }

  close(): void {
    this.stop.abort();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Frame<Value>> {
    try {
      while (!this.stop.signal.aborted) yield* this.connection();
    } finally {
      this.close();
    }
  }

  /** One connection, and the wait before the next. */
  private async *connection(): AsyncGenerator<Frame<Value>> {
    let why = 'the server ended the connection';
    let waitMs: number | null = null;
    const silence = new Silence(this.stop.signal, this.options.silenceMs ?? 60_000);
    try {
      const response = await this.ask(silence.signal);
      if (response.status === 410) {
        this.lastId = this.wholeId = null;
        yield { type: 'reset', reason: 'another-log' };
        return;
      }
      if (response.ok && response.body) yield* this.frames(response.body, silence);
      else [why, waitMs] = await this.refused(response);
    } catch (fault) {
      if (fault instanceof FeedRefused) throw fault;
      why = fault instanceof Error ? fault.message : String(fault);
    } finally {
      silence.end();
    }
    await this.pause(why, waitMs);
  }

  private async ask(signal: AbortSignal): Promise<Response> {
    const { token, url, fetch: asked = fetch } = this.options;
    const bearer = typeof token === 'string' ? token : await token();
    const headers = {
      authorization: `Bearer ${bearer}`,
      accept: 'text/event-stream',
      ...(this.lastId === null ? {} : { 'last-event-id': this.lastId }),
    };
    return asked(url, { headers, signal });
  }

  private async *frames(body: ReadableStream<Uint8Array>, silence: Silence): AsyncGenerator<Frame<Value>> {
    const reader = body.getReader();
    const [decoder, parser] = [new TextDecoder(), new EventStreamParser()];
    try {
      for (;;) {
        silence.wait();
        const { done, value } = await reader.read();
        // whoever handles a frame for long is not silent
        silence.pause();
        if (done) return;
        for (const event of parser.take(decoder.decode(value, { stream: true }))) {
          this.backOff.reset();
          yield this.taken(event);
        }
      }
    } finally {
      await reader.cancel().catch(() => undefined);
    }
  }

  /** From here on it counts as told. */
  private taken({ event, data, id }: StreamEvent): Frame<Value> {
    // the server's own frames: their shape is its promise
    const frame = { type: event, ...(JSON.parse(data) as object) } as Frame<Value>;
    if (id !== null) this.lastId = id;
    if (this.options.keepsState !== false) this.known.apply(frame);
    if (!this.known.isComing) this.wholeId = this.lastId;
    return frame;
  }

  private async refused(response: Response): Promise<[why: string, waitMs: number | null]> {
    const { code } = (await response.json().catch(() => ({}))) as { code?: string };
    if (FINAL.includes(response.status)) throw new FeedRefused(response.status, code ?? 'refused');
    const seconds = Number(response.headers.get('retry-after'));
    return [`${response.status} ${code ?? ''}`.trim(), seconds > 0 ? seconds * 1000 : null];
  }

  private async pause(why: string, asked: number | null): Promise<void> {
    if (this.stop.signal.aborted) return;
    const ms = Math.max(this.backOff.next(), asked ?? 0);
    this.options.onRetry?.(why, ms);
    await new Promise<void>((resolve) => {
      const settle = (): void => {
        clearTimeout(timer);
        this.stop.signal.removeEventListener('abort', settle);
        resolve();
      };
      const timer = setTimeout(settle, ms);
      this.stop.signal.addEventListener('abort', settle, { once: true });
    });
  }
}

/** Gives a connection up that says nothing for too long. */
class Silence {
  private readonly own = new AbortController();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly stopped = (): void => this.own.abort();

  constructor(
    private readonly outer: AbortSignal,
    private readonly ms: number,
  ) {
    outer.addEventListener('abort', this.stopped, { once: true });
    if (outer.aborted) this.stopped();
    this.wait();
  }

  get signal(): AbortSignal {
    return this.own.signal;
  }

  wait(): void {
    this.pause();
    this.timer = setTimeout(() => this.own.abort(new Error('no sign of life')), this.ms);
  }

  pause(): void {
    clearTimeout(this.timer);
  }

  end(): void {
    this.pause();
    this.outer.removeEventListener('abort', this.stopped);
  }
}
