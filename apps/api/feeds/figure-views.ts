import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { START, type Position } from '#event-store/log.port';
import type { ChangeReader, Watched } from '#read-store/change-feed/change-reader';
import type { FollowedBuild } from '#read-store/change-feed/changes';
import { Signal } from '#async/signal';

/** What a query answers, as items: the key names a figure, the value is JSON. */
export interface Figures {
  readonly position: Position;
  readonly items: ReadonlyMap<string, string>;
}

export interface FiguresAsked {
  /** Names network, question and what was asked besides: who asks the same shares the answer. */
  readonly key: string;
  /** Whose moves it follows; null: it is asked every second. */
  readonly model: string | null;
  readonly ask: () => Promise<Figures>;
}

/** Figures as they stand, and of which build. */
export interface View extends Figures {
  readonly build: FollowedBuild;
  readonly digest: string;
}

export interface Viewing {
  now(): View;
  /** Resolves when they may have changed, when aborted, or after `ms`. */
  moved(ms: number, signal: AbortSignal): Promise<void>;
  close(): void;
}

interface Shared {
  view: View;
  followers: number;
  readonly watched: Watched;
  readonly stop: AbortController;
  readonly news: Signal;
}

/** Figures grow old by themselves: asked again after so long, whatever moved. */
const AGE_MS = 60_000;
/** Asking takes at most this share of the time, and at least this long lies between. */
const SHARE = 10;
const LEAST_MS = 500;

const digestOf = (items: ReadonlyMap<string, string>): string =>
  createHash('sha256')
    .update(JSON.stringify([...items]))
    .digest('hex')
    .slice(0, 16);

/** Asks each question again when its read model moves: once a process, however many follow, and never faster than it is answered. */
export class FigureViews {
  private readonly open = new Map<string, Promise<Shared>>();

  constructor(private readonly reader: ChangeReader) {}

  /** @throws what the question throws */
  async follow(asked: FiguresAsked): Promise<Viewing> {
    const known = this.open.get(asked.key);
    const opening = known ?? this.start(asked);
    if (!known) this.open.set(asked.key, opening);
    const shared = await opening;
    shared.followers += 1;
    // its last follower went while this one came
    if (shared.stop.signal.aborted) return this.follow(asked);
    return this.viewingOf(asked.key, shared);
  }

  private async start(asked: FiguresAsked): Promise<Shared> {
    try {
      const watched = asked.model === null ? everySecond() : await this.reader.watch(asked.model, null);
      const stop = new AbortController();
      try {
        const view = await viewOf(asked, watched);
        const shared: Shared = { view, followers: 0, watched, stop, news: new Signal() };
        void this.keep(asked, shared);
        return shared;
      } catch (fault) {
        watched.close();
        throw fault;
      }
    } catch (fault) {
      this.open.delete(asked.key);
      throw fault;
    }
  }

  private viewingOf(key: string, shared: Shared): Viewing {
    let isOpen = true;
    return {
      now: () => shared.view,
      moved: (ms, signal) => shared.news.next(signal, ms),
      close: () => {
        if (!isOpen) return;
        isOpen = false;
        shared.followers -= 1;
        if (shared.followers > 0) return;
        this.open.delete(key);
        shared.stop.abort();
        shared.watched.close();
      },
    };
  }

  private async keep(asked: FiguresAsked, shared: Shared): Promise<void> {
    const { signal } = shared.stop;
    while (!signal.aborted) {
      const stood = shared.view.build;
      const now = shared.watched.build();
      // it may have moved while it was asked
      if (now.id === stood.id && now.mended === stood.mended && now.position === stood.position) await shared.watched.moved(AGE_MS, signal);
      if (signal.aborted) return;
      const began = Date.now();
      // a database away is asked again
      shared.view = await viewOf(asked, shared.watched).catch(() => shared.view);
      shared.news.raise();
      const pauseMs = Math.max(LEAST_MS, (Date.now() - began) * SHARE);
      await sleep(pauseMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }
}

/** For what is of no single read model: it has one build, and always moves. */
const everySecond = (): Watched => {
  const news = new Signal();
  const build: FollowedBuild = { id: 0, name: '', version: 1, build: 1, position: START, mended: 0 };
  return {
    build: () => build,
    after: () => 'gone',
    moved: (ms, signal) => news.next(signal, Math.min(ms, 1_000)),
    close: () => undefined,
  };
};

const viewOf = async (asked: FiguresAsked, watched: Watched): Promise<View> => {
  for (;;) {
    const build = watched.build();
    const figures = await asked.ask();
    // asked across a switch: whose they are is not known
    if (watched.build().id === build.id) return { ...figures, build, digest: digestOf(figures.items) };
  }
};
