import { openFeed, type Feed } from '#feed-client/feed-client';
import type { Frame } from '#feed-client/frames';
import type { Position } from '#event-store/log.port';
import { digestOf, Digests, type Queued } from './digests';

/** What was told at one position: how many changes, and the sum of their digests. */
export interface ChangesAt {
  count: number;
  sum: number;
}

/** What a client was told from one snapshot on. */
export interface Stretch {
  readonly build: number;
  readonly from: Position;
  /** Of the snapshot's items. */
  readonly sum: number;
  readonly told: Map<Position, ChangesAt>;
  /** Up to here everything was told, or, where it is within, a part of this position. */
  to: Position;
  isWithin: boolean;
}

export interface ClientParts {
  readonly url: string;
  readonly token: string;
}

/** One client of the feed, with the client package, that writes down what it is told. */
export class Client {
  readonly stretches: Stretch[] = [];
  /** Another build's snapshot, and nobody said that it was switched. */
  unannounced = 0;
  retries = 0;
  resets = 0;
  bytes = 0;
  private readonly feed: Feed<Queued>;
  private readonly frames: AsyncIterator<Frame<Queued>>;
  private known = new Digests();
  private coming = new Digests();
  private wasSwitched = false;

  constructor({ url, token }: ClientParts) {
    const onRetry = (): void => void (this.retries += 1);
    const backOff = { leastMs: 100, mostMs: 1_000 };
    this.feed = openFeed<Queued>({ url, token, keepsState: false, onRetry, backOff });
    this.frames = this.feed[Symbol.asyncIterator]();
  }

  get sum(): number {
    return this.known.sum;
  }

  get reached(): Position {
    const last = this.stretches.at(-1);
    return last && !last.isWithin ? last.to : ('' as Position);
  }

  /** One frame more. @throws where the feed ended */
  async read(): Promise<void> {
    const { value, done } = await this.frames.next();
    if (done) throw new Error('the feed ended');
    this.take(value);
  }

  async readUntil(position: () => Position | null): Promise<void> {
    for (let until = position(); until === null || this.reached < until; until = position()) await this.read();
  }

  close(): void {
    this.feed.close();
  }

  private take(frame: Frame<Queued>): void {
    if (frame.type === 'reset') this.resets += 1;
    if (frame.type === 'version-switched') this.wasSwitched = true;
    if (frame.type === 'snapshot') this.snapshot(frame);
    if (frame.type === 'delta') this.delta(frame);
    if (frame.type === 'heartbeat') this.reach(placeOf(frame), false);
  }

  private snapshot(frame: Extract<Frame<Queued>, { type: 'snapshot' }>): void {
    if (frame.page === 1) this.coming = new Digests();
    for (const item of frame.items) this.coming.put(item);
    if (!frame.complete) return;
    this.known = this.coming;
    const build = Number(this.feed.lastEventId?.split('.')[2]);
    const before = this.stretches.at(-1);
    if (before && before.build !== build && !this.wasSwitched) this.unannounced += 1;
    this.wasSwitched = false;
    const from = placeOf(frame);
    this.stretches.push({ build, from, sum: this.known.sum, told: new Map(), to: from, isWithin: false });
  }

  private delta(frame: Extract<Frame<Queued>, { type: 'delta' }>): void {
    const position = placeOf(frame);
    const stretch = this.stretches.at(-1);
    if (!stretch) throw new Error('a delta came before any snapshot');
    const at = stretch.told.get(position) ?? { count: 0, sum: 0 };
    for (const change of frame.changes) {
      this.bytes += bytesOf(change.value);
      this.known.put(change);
      at.count += 1;
      at.sum = (at.sum + digestOf(change)) | 0;
    }
    stretch.told.set(position, at);
    this.reach(position, !frame.complete);
  }

  private reach(position: Position, isWithin: boolean): void {
    const stretch = this.stretches.at(-1);
    if (!stretch || position < stretch.to) return;
    stretch.to = position;
    stretch.isWithin = isWithin;
  }
}

/** As long as a change's text at least is. */
const bytesOf = (value: Queued | null): number => (value === null ? 50 : 150 + 200 * value.waits.length);

const placeOf = ({ position }: { readonly position: string }): Position => position.split('.', 1)[0] as Position;
