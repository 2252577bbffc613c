import type { EventId } from '#kernel/id';
import { START, type AllRead, type EventLog, type StoredEvent } from '#event-store/log.port';
import { TILE_WIDTH } from '../tiles/tile';
import type { TreeStore } from '../tree-store.port';
import { shortIdOf } from './short-ids';

export interface FindParts {
  readonly log: Pick<EventLog, 'logId' | 'readAll'>;
  readonly store: Pick<TreeStore, 'state' | 'tilesWith'>;
}

/** What is to be read of the log: tiles that may have one of them, and last what the tree does not have yet. */
const partsWith = async ({ log, store }: FindParts, eventIds: readonly EventId[]): Promise<readonly AllRead[]> => {
  const state = await store.state();
  // the places of another log mean nothing in this one
  if (state?.logId !== (await log.logId())) return [{ after: START }];
  const tiles = await store.tilesWith(eventIds.map(shortIdOf));
  return [...tiles.map(({ after }) => ({ after, limit: TILE_WIDTH })), { after: state.position }];
};

/**
 * Events by their ids in a log that cannot look them up, by the tree that follows it: a tile's 256 events are read for each, and what the
 * tree does not have yet for one that is in no tile.
 * @throws LogUnavailable
 */
export const findInTree =
  (parts: FindParts): NonNullable<EventLog['find']> =>
  async (eventIds) => {
    const sought = new Set(eventIds);
    const found: StoredEvent[] = [];
    for (const part of sought.size === 0 ? [] : await partsWith(parts, [...sought])) {
      if (sought.size === 0) break;
      for await (const event of parts.log.readAll(part)) if (sought.delete(event.eventId)) found.push(event);
    }
    return found.sort((one, other) => (one.position < other.position ? -1 : 1));
  };

/** The same log, which finds by id: by itself, or by its tree. */
export const findable = (log: EventLog, store: FindParts['store']): EventLog =>
  log.find ? log : Object.assign(log, { find: findInTree({ log, store }) });
