import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { ChangeReader } from '#read-store/change-feed/change-reader';
import type { Changes } from '#read-store/change-feed/changes';
import { LOG_ID } from '../queries/query-runner';
import { idIn, type GivenId } from './event-id';
import { FigureViews, type FiguresAsked } from './figure-views';
import { followFigures } from './figure-feed';
import { Feeds, FEED_SETTINGS, type FeedSettings, type Opening } from './feeds';
import { Frames } from './frames';
import { Gate } from './gate';
import { RowFeed, type RowsAsked } from './row-feed';
import { Snapshots } from './snapshots';

export const CHANGES = Symbol('Changes');

const MAX_CONCURRENCY = 3;

/** What every feed of this process shares: one reader of changes, and answers asked once. */
@Injectable()
export class ReadModelFeeds implements OnModuleDestroy {
  private readonly reader: ChangeReader;
  private readonly snapshots: Snapshots;
  private readonly views: FigureViews;
  private readonly catchingUp = new Gate(MAX_CONCURRENCY);
  private readonly frames: Frames;
  private readonly heartbeatMs: number;

  constructor(
    private readonly feeds: Feeds,
    @Inject(CHANGES) changes: Changes,
    @Inject(LOG_ID) private readonly logId: string,
    @Inject(FEED_SETTINGS) settings: FeedSettings,
  ) {
    this.reader = new ChangeReader({ changes });
    this.snapshots = new Snapshots(changes);
    this.views = new FigureViews(this.reader);
    this.frames = new Frames(logId);
    this.heartbeatMs = settings.heartbeatSeconds * 1000;
  }

  async rows(opening: Opening, { from, ...asked }: Omit<RowsAsked, 'from'> & { readonly from: GivenId | null }): Promise<void> {
    const id = from && idIn(from, this.logId);
    const { reader, snapshots, catchingUp, frames, heartbeatMs } = this;
    const parts = { reader, snapshots, catchingUp, frames, heartbeatMs };
    await this.feeds.stream(opening, (out) => RowFeed.follow(parts, { ...asked, from: id }, out));
  }

  async figures(
    opening: Opening,
    { from, ...asked }: FiguresAsked & { readonly prefix: string; readonly from: GivenId | null },
  ): Promise<void> {
    const id = from && idIn(from, this.logId);
    const { views, frames, heartbeatMs } = this;
    await this.feeds.stream(opening, (out) => followFigures({ views, frames, heartbeatMs }, { ...asked, from: id }, out));
  }

  async onModuleDestroy(): Promise<void> {
    await this.reader.close();
  }
}
