import { setTimeout as sleep } from 'node:timers/promises';
import type { Position } from '#event-store/log.port';
import { ChangeRing, partsOf, type Next, type Part, type ShownChange } from './change-buffer';
import type { FollowedBuild, Change, Changes, ChangePosition } from './changes';
import { Signal } from '#async/signal';

export interface ReaderParts {
  readonly changes: Changes;
  /** Between two looks at the positions: one small query for all who follow in this process. */
  readonly lookMs?: number;
  /** Memory for the newest changes of one read model. */
  readonly ringBytes?: number;
  /** Largest piece of a checkpoint that is handed out at once. */
  readonly partBytes?: number;
}

/** What a row shows, as JSON; null: nothing. */
export type Show = (row: string) => string | null;

/** Follows one read model. Everybody who follows the same shares one reading. */
export interface Watched {
  build(): FollowedBuild;
  /** What comes after a place of the build that is asked now; 'switched' where the place is another build's. */
  after(place: ChangePosition): Next | 'switched';
  /** Resolves when something may have moved, when aborted, or after `ms`. */
  moved(ms: number, signal: AbortSignal): Promise<void>;
  close(): void;
}

interface Model {
  build: FollowedBuild;
  ring: ChangeRing | null;
  show: Show | null;
  followers: number;
  readonly news: Signal;
}

const PAGE = 2_000;
const POLL_INTERVAL_MS = 50;
const RING_BYTES = 4 * 1024 * 1024;
const PART_BYTES = 48 * 1024;

/** One reader of changes a process: one look at the positions, one reading of each read model's changes, however many follow. */
export class ChangeReader {
  private readonly models = new Map<string, Model>();
  private looking: Promise<void> = Promise.resolve();
  private isLooking = false;
  private closed = false;

  constructor(private readonly parts: ReaderParts) {}

  /** @param show how rows are shown; null where only moves of the position are wanted. @throws where the database is away */
  async watch(name: string, show: Show | null): Promise<Watched> {
    const build = (await this.parts.changes.active([name])).get(name);
    if (!build) throw new Error(`${name} was never registered: start the projector once`);
    const known = this.models.get(name);
    const model: Model = known ?? { build, ring: null, show: null, followers: 0, news: new Signal() };
    if (!known) this.models.set(name, model);
    model.followers += 1;
    model.show ??= show;
    if (show && !model.ring) model.ring = new ChangeRing(model.build, this.ringBytes);
    if (!this.isLooking && !this.closed) this.looking = this.look();
    return this.watchedOf(name, model);
  }

  /** A page of changes after a place, for who is too far behind for what is in memory; 'reset' where it is no longer kept. */
  async behind(
    place: ChangePosition,
    { upTo, show }: { readonly upTo: Position; readonly show: Show },
  ): Promise<readonly Part[] | 'reset'> {
    const page = await this.parts.changes.page(place, upTo, PAGE + 1);
    if (!(await this.parts.changes.keeps(place))) return 'reset';
    return this.piecesOf(page, show);
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const { news } of this.models.values()) news.raise();
    await this.looking;
  }

  private get ringBytes(): number {
    return this.parts.ringBytes ?? RING_BYTES;
  }

  private watchedOf(name: string, model: Model): Watched {
    let open = true;
    return {
      build: () => model.build,
      after: (place) => {
        if (place.build !== model.build.id) return 'switched';
        if (place.mended !== model.build.mended) return 'gone';
        return model.ring?.build.id === place.build ? model.ring.after(place) : 'gone';
      },
      moved: (ms, signal) => model.news.next(signal, ms),
      close: () => {
        if (!open) return;
        open = false;
        model.followers -= 1;
        if (model.followers === 0) this.models.delete(name);
      },
    };
  }

  private async look(): Promise<void> {
    this.isLooking = true;
    while (!this.closed && this.models.size > 0) {
      await this.lookOnce().catch(() => undefined); // a database away: whoever follows waits
      await sleep(this.parts.lookMs ?? POLL_INTERVAL_MS, undefined, { ref: false });
    }
    this.isLooking = false;
  }

  private async lookOnce(): Promise<void> {
    const active = await this.parts.changes.active([...this.models.keys()]);
    for (const [name, build] of active) {
      const model = this.models.get(name);
      if (model && (await this.follow(model, build))) model.news.raise();
    }
  }

  /** Whether there is news. */
  private async follow(model: Model, build: FollowedBuild): Promise<boolean> {
    const { position, id, mended } = model.build;
    // a crash of the database may lose the last checkpoints with their rows: they come again
    if (build.id !== id || build.mended !== mended || build.position < position) {
      model.ring = model.show ? new ChangeRing(build, this.ringBytes) : null;
      model.build = build;
      return true;
    }
    if (build.position === position) return false;
    if (model.ring && model.show) await this.fill(model.ring, model.show, build);
    model.build = build;
    return true;
  }

  private async fill(ring: ChangeRing, show: Show, { id, mended, position }: FollowedBuild): Promise<void> {
    for (;;) {
      const page = await this.parts.changes.page({ build: id, mended, ...ring.reached }, position, PAGE + 1);
      const parts = this.piecesOf(page, show);
      if (page.length <= PAGE) return ring.push(parts, { position, ordinal: null });
      ring.push(parts, page[PAGE - 1]!);
    }
  }

  /** A page read one row further than it is long: that row tells whether the last checkpoint goes on. */
  private piecesOf(page: readonly Change[], show: Show): readonly Part[] {
    const further = page[PAGE];
    const byPosition = new Map<Position, ShownChange[]>();
    for (const { position, ordinal, key, network, row } of page.slice(0, PAGE)) {
      const own = byPosition.get(position) ?? [];
      own.push({ ordinal, key, network, value: row === null ? null : show(row) });
      byPosition.set(position, own);
    }
    return [...byPosition].flatMap(([position, changes]) =>
      partsOf(position, changes, { bytes: this.parts.partBytes ?? PART_BYTES, ends: position !== further?.position }),
    );
  }
}
