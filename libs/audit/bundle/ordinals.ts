import type { EventLog, Position } from '#event-store/log.port';
import { TILE_WIDTH } from '../tiles/tile';
import type { TreeStore } from '../tree-store.port';

export interface OrdinalParts {
  readonly log: Pick<EventLog, 'readAll'>;
  readonly store: Pick<TreeStore, 'tileWith'>;
}

/** An event that the tree does not have yet, or that nothing signed has. */
export class BeyondTree extends Error {
  /** Later (docs/exit-codes.md). */
  readonly exitCode = 75;

  constructor() {
    super(
      'The log’s tree, or what was signed of it, does not have all of these events yet: sign it (`savoirs audit checkpoint`), and try again.',
    );
    this.name = 'BeyondTree';
  }
}

/** Numbers of events in the log, from 1, by their positions: each tile that has one is read once. @throws BeyondTree */
export const ordinalsOf = async ({ log, store }: OrdinalParts, positions: readonly Position[]): Promise<ReadonlyMap<Position, number>> => {
  const ordinals = new Map<Position, number>();
  for (const position of [...new Set(positions)].sort()) {
    if (ordinals.has(position)) continue;
    const tile = await store.tileWith(position);
    if (tile === null) throw new BeyondTree();
    let ordinal = tile.index * TILE_WIDTH;
    for await (const event of log.readAll({ after: tile.after, limit: TILE_WIDTH })) ordinals.set(event.position, (ordinal += 1));
    if (!ordinals.has(position)) throw new BeyondTree();
  }
  return ordinals;
};
