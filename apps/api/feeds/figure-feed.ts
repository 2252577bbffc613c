import type { EventId } from './event-id';
import type { FigureViews, FiguresAsked, View } from './figure-views';
import { itemOf, type Frames, type Stand } from './frames';
import type { Outlet } from './outlet';

export interface FigureFeedParts {
  readonly views: FigureViews;
  readonly frames: Frames;
  readonly heartbeatMs: number;
}

export interface FigureFeedAsked extends FiguresAsked {
  /** Only keys that begin so. */
  readonly prefix: string;
  readonly from: EventId | null;
}

const PAGE_BYTES = 48 * 1024;

const standOf = ({ build, position, digest }: View): Stand => ({ build, position, detail: digest });

/** Pages of items, each of at most 48 KiB unless one item alone is longer; one, where there is nothing. */
const pagesOf = (items: readonly string[]): readonly string[] => {
  const pages: string[][] = [[]];
  let size = 0;
  for (const item of items) {
    if (size + item.length > PAGE_BYTES && pages.at(-1)!.length > 0) {
      pages.push([]);
      size = 0;
    }
    pages.at(-1)!.push(item);
    size += item.length + 1;
  }
  return pages.map((page) => page.join(','));
};

/** What a client that has `before` must be told to have `after`. */
const differences = (before: View, after: View, prefix: string): readonly string[] => {
  const changed = [...after.items].filter(([key, value]) => key.startsWith(prefix) && before.items.get(key) !== value);
  const gone = [...before.items.keys()].filter((key) => key.startsWith(prefix) && !after.items.has(key));
  return [...changed.map(([key, value]) => itemOf(key, value)), ...gone.map((key) => itemOf(key, null))];
};

/**
 * Tells one client figures as the query answers them, and those that changed when they are asked again. Who comes back has the digest of
 * what they know in their last id: where it still holds, nothing is told again.
 */
export const followFigures = async (parts: FigureFeedParts, asked: FigureFeedAsked, out: Outlet): Promise<void> => {
  const { frames, heartbeatMs } = parts;
  const viewing = await parts.views.follow(asked);
  const snapshot = async (view: View): Promise<void> => {
    const pages = pagesOf([...view.items].filter(([key]) => key.startsWith(asked.prefix)).map(([key, value]) => itemOf(key, value)));
    for (const [index, items] of pages.entries())
      await out.send(frames.snapshot(standOf(view), { items, page: index + 1, complete: index === pages.length - 1 }));
  };
  const start = async (view: View): Promise<void> => {
    if (asked.from && asked.from.build !== view.build.id) await out.send(frames.switched(view.build));
    if (asked.from?.build === view.build.id && asked.from.detail === view.digest) await out.send(frames.heartbeat(standOf(view)));
    else await snapshot(view);
  };
  try {
    let known = viewing.now();
    await start(known);
    let heartbeatAt = Date.now() + heartbeatMs;
    while (out.isOpen) {
      const view = viewing.now();
      const isSame = view.digest === known.digest;
      if (view.build.id !== known.build.id) {
        await out.send(frames.switched(view.build));
        await snapshot(view);
      } else if (!isSame) {
        const changes = differences(known, view, asked.prefix).join(',');
        await out.send(changes === '' ? frames.heartbeat(standOf(view)) : frames.delta(standOf(view), { changes, complete: true }));
      } else if (Date.now() >= heartbeatAt) await out.send(frames.heartbeat(standOf(view)));
      else {
        known = view;
        await viewing.moved(Math.max(heartbeatAt - Date.now(), 1), out.signal);
        continue;
      }
      known = view;
      heartbeatAt = Date.now() + heartbeatMs;
    }
  } finally {
    viewing.close();
  }
};
