import type { Part } from '#read-store/change-feed/change-buffer';
import type { ChangeReader, Show, Watched } from '#read-store/change-feed/change-reader';
import type { FollowedBuild, ChangePosition } from '#read-store/change-feed/changes';
import type { EventId } from './event-id';
import { itemOf, type Frames, type Stand } from './frames';
import type { Gate } from './gate';
import type { Outlet } from './outlet';
import { itemsOf, type Snapshots } from './snapshots';

export interface RowFeedParts {
  readonly reader: ChangeReader;
  readonly snapshots: Snapshots;
  /** So many read the database at once, of those who are too far behind for what is in memory. */
  readonly catchingUp: Gate;
  readonly frames: Frames;
  readonly heartbeatMs: number;
}

export interface RowsAsked {
  readonly model: string;
  readonly show: Show;
  readonly networkId: string;
  /** Only keys that begin so. */
  readonly prefix: string;
  readonly from: EventId | null;
}

const SWITCH_MS = 2_000;

/** Tells one client a snapshot, and then each change after it, once. */
export class RowFeed {
  private readonly bytes = new TextEncoder();
  private heartbeatAt = 0;
  /** A piece of the checkpoint at `place` was told, and not yet its last. */
  private isWithin = false;

  private constructor(
    private readonly parts: RowFeedParts,
    private readonly asked: RowsAsked,
    private readonly out: Outlet,
    private readonly watched: Watched,
  ) {}

  /** Until the client goes. @throws where the database does not answer */
  static async follow(parts: RowFeedParts, asked: RowsAsked, out: Outlet): Promise<void> {
    const watched = await parts.reader.watch(asked.model, asked.show);
    try {
      await new RowFeed(parts, asked, out, watched).run();
    } finally {
      watched.close();
    }
  }

  private async run(): Promise<void> {
    this.postpone();
    let place = this.asked.from ? this.resumed(this.asked.from) : await this.snapshot();
    while (this.out.isOpen) place = await this.step(place);
  }

  private resumed({ build, mended, position, detail }: EventId): ChangePosition {
    const ordinal = detail === null ? null : Number.parseInt(detail, 10);
    this.isWithin = ordinal !== null;
    return { build, mended, position, ordinal };
  }

  private async step(place: ChangePosition): Promise<ChangePosition> {
    const next = this.watched.after(place);
    if (next === 'switched') {
      await this.out.send(this.parts.frames.switched(this.watched.build()));
      return this.snapshot();
    }
    if (next === 'gone') return this.catchUp(place);
    if ('part' in next) return this.tell(place, next.part, next.whole);
    const here: ChangePosition = next.tip > place.position ? { ...place, position: next.tip, ordinal: null } : place;
    if (Date.now() >= this.heartbeatAt) await this.send(this.parts.frames.heartbeat(this.standOf(here)));
    else await this.watched.moved(Math.max(this.heartbeatAt - Date.now(), 1), this.out.signal);
    return here;
  }

  private async catchUp(place: ChangePosition): Promise<ChangePosition> {
    const upTo = this.watched.build().position;
    const found = await this.parts.catchingUp.through(async () =>
      // whoever went while waiting for a turn needs none
      this.out.isOpen ? this.parts.reader.behind(place, { upTo, show: this.asked.show }) : [],
    );
    if (found === 'reset') {
      await this.out.send(this.parts.frames.reset());
      return this.snapshot();
    }
    let here = place;
    for (const part of found) if (this.out.isOpen) here = await this.tell(here, part, false);
    return found.length > 0 ? here : { ...here, position: here.position > upTo ? here.position : upTo, ordinal: null };
  }

  private async tell(place: ChangePosition, part: Part, isWhole: boolean): Promise<ChangePosition> {
    const here: ChangePosition = { ...place, position: part.position, ordinal: part.ends ? null : part.changes.at(-1)!.ordinal };
    const frame = this.frameOf(here, part, isWhole);
    if (frame) {
      this.isWithin = !part.ends;
      await this.send(frame);
    }
    return here;
  }

  /** Made once for all who get the same. */
  private frameOf(here: ChangePosition, part: Part, isWhole: boolean): Uint8Array | null {
    const { networkId, prefix } = this.asked;
    const shared = isWhole && prefix === '' ? part.written.get(networkId) : undefined;
    if (shared) return shared;
    const mine = part.changes.filter(({ network, key }) => network === networkId && key.startsWith(prefix));
    if (mine.length === 0 && !(part.ends && this.isWithin)) return null;
    const changes = mine.map(({ key, value }) => itemOf(key, value)).join(',');
    const frame = this.bytes.encode(this.parts.frames.delta(this.standOf(here), { changes, complete: part.ends }));
    if (isWhole && prefix === '' && mine.length > 0) part.written.set(networkId, frame);
    return frame;
  }

  private async snapshot(): Promise<ChangePosition> {
    const { model, networkId, show, prefix } = this.asked;
    const { build, pages } = await this.parts.snapshots.of(model, networkId, { show, build: this.watched.build() });
    const place: ChangePosition = { build: build.id, mended: build.mended, position: build.position, ordinal: null };
    if (!(await this.isAsked(build))) return this.out.isOpen ? this.snapshot() : place;
    const at: Stand = { build, position: build.position, detail: null };
    const matching = async (page: Uint8Array): Promise<string> => {
      const items = await itemsOf(page);
      if (prefix === '') return items;
      const kept = (JSON.parse(`[${items}]`) as { key: string; value: unknown }[]).filter(({ key }) => key.startsWith(prefix));
      return JSON.stringify(kept).slice(1, -1);
    };
    for (const [index, page] of pages.entries()) {
      if (!this.out.isOpen) break;
      await this.send(
        this.parts.frames.snapshot(at, { items: await matching(page), page: index + 1, complete: index === pages.length - 1 }),
      );
    }
    if (pages.length === 0) await this.send(this.parts.frames.snapshot(at, { items: '', page: 1, complete: true }));
    this.isWithin = false;
    return place;
  }

  /** The reader looks now and then: what it does not know yet is no switch. */
  private async isAsked({ id, mended }: FollowedBuild): Promise<boolean> {
    const until = Date.now() + SWITCH_MS;
    const isKnown = (): boolean => this.watched.build().id === id && this.watched.build().mended === mended;
    while (!isKnown() && Date.now() < until && this.out.isOpen) await this.watched.moved(100, this.out.signal);
    return isKnown();
  }

  private standOf({ build: id, mended, position, ordinal }: ChangePosition): Stand {
    return { build: { ...this.watched.build(), id, mended }, position, detail: ordinal === null ? null : String(ordinal) };
  }

  private async send(frame: string | Uint8Array): Promise<void> {
    await this.out.send(frame);
    this.postpone();
  }

  private postpone(): void {
    this.heartbeatAt = Date.now() + this.parts.heartbeatMs;
  }
}
