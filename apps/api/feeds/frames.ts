import type { FollowedBuild } from '#read-store/change-feed/changes';
import type { Position } from '#event-store/log.port';
import { tokenOf } from '../queries/consistency-token';
import { eventIdOf } from './event-id';

export type FrameName = 'snapshot' | 'delta' | 'version-switched' | 'heartbeat' | 'reset' | 'end';

/** Why a feed ends; `slow` is told nobody, as nobody reads. */
export type EndReason = 'token-expired' | 'stopping' | 'unavailable';

/** @param data JSON: it has no line break */
const written = (event: FrameName, data: string, id?: string): string =>
  `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${data}\n\n`;

/** Where a frame stands, and what tells the next server where to go on. */
export interface Stand {
  readonly build: Pick<FollowedBuild, 'id' | 'version' | 'build' | 'mended'>;
  readonly position: Position;
  readonly detail: string | null;
}

/** One item as JSON: `value` is JSON already. */
export const itemOf = (key: string, value: string | null): string => `{"key":${JSON.stringify(key)},"value":${value ?? 'null'}}`;

/** The frames of a feed on one log. */
export class Frames {
  constructor(private readonly logId: string) {}

  /** Only a snapshot that is complete can be gone on from. */
  snapshot(at: Stand, { items, page, complete }: { items: string; page: number; complete: boolean }): string {
    const { version, build } = at.build;
    const told = JSON.stringify({ position: this.token(at), version, build, page, complete }).slice(0, -1);
    return written('snapshot', `${told},"items":[${items}]}`, complete ? this.id(at) : undefined);
  }

  delta(at: Stand, { changes, complete }: { changes: string; complete: boolean }): string {
    return written('delta', `{"position":"${this.token(at)}","complete":${complete},"changes":[${changes}]}`, this.id(at));
  }

  /** Nothing until here; with data, for there are clients that forget an id without (findings/id-without-data.sh). */
  heartbeat(at: Stand): string {
    return written('heartbeat', JSON.stringify({ position: this.token(at) }), this.id(at));
  }

  switched({ version, build }: Stand['build']): string {
    return written('version-switched', JSON.stringify({ version, build }));
  }

  reset(): string {
    return written('reset', JSON.stringify({ reason: 'too-old' }));
  }

  private token({ position }: Stand): string {
    return tokenOf(position, this.logId);
  }

  private id({ build, position, detail }: Stand): string {
    return eventIdOf({ position, build: build.id, mended: build.mended, detail }, this.logId);
  }
}

export const endFrame = (reason: EndReason): string => written('end', JSON.stringify({ reason }));
