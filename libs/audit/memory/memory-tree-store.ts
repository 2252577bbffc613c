import { START, type Position } from '#event-store/log.port';
import type { TileId } from '../tiles/tile';
import type { Growth, KeptCheckpoint, TreeState, TreeStore } from '../tree-store.port';

const keyOf = ({ level, index }: Pick<TileId, 'level' | 'index'>): string => `${level}/${index}`;

const isSame = (one: TreeState | null, other: TreeState | null): boolean =>
  one?.size === other?.size && one?.logId === other?.logId && one?.position === other?.position;

/** A tree in one process's memory: for tests and checks, and gone with it. */
export class MemoryTreeStore implements TreeStore {
  private now: TreeState | null = null;
  private readonly tiles = new Map<string, Uint8Array>();
  private readonly lastOf: Position[] = [];
  private readonly shortIds = new Map<number, ReadonlySet<number>>();
  private readonly notes = new Map<number, KeptCheckpoint>();
  private isLed = false;

  readonly tile: TreeStore['tile'] = async (id) => this.tiles.get(keyOf(id)) ?? new Uint8Array();

  async state(): Promise<TreeState | null> {
    return this.now;
  }

  async grow({ from, to, tiles, places, shortIds }: Growth): Promise<boolean> {
    if (!isSame(this.now, from)) return false;
    this.now = to;
    for (const tile of tiles) this.tiles.set(keyOf(tile), tile.hashes);
    for (const [index, position] of places) this.lastOf[index] = position;
    for (const index of places.keys()) this.shortIds.delete(index);
    for (const [index, ids] of shortIds) this.shortIds.set(index, new Set(ids));
    return true;
  }

  async tileWith(position: Position): ReturnType<TreeStore['tileWith']> {
    const index = this.lastOf.findIndex((last) => last >= position);
    return index === -1 ? null : { index, after: this.lastOf[index - 1] ?? START };
  }

  async tilesWith(shortIds: readonly number[]): ReturnType<TreeStore['tilesWith']> {
    const may = (index: number): boolean => shortIds.some((id) => this.shortIds.get(index)?.has(id) ?? true);
    return this.lastOf.flatMap((_, index) => (may(index) ? [{ index, after: this.lastOf[index - 1] ?? START }] : []));
  }

  async endOf(index: number): Promise<Position | null> {
    return this.lastOf[index] ?? null;
  }

  async keep(checkpoint: KeptCheckpoint): Promise<void> {
    this.notes.set(checkpoint.size, checkpoint);
  }

  async checkpoint(size?: number): Promise<KeptCheckpoint | null> {
    return (size === undefined ? (await this.checkpoints()).at(-1) : this.notes.get(size)) ?? null;
  }

  async checkpoints(): Promise<readonly KeptCheckpoint[]> {
    return [...this.notes.values()].sort((one, other) => one.size - other.size);
  }

  async lead(): ReturnType<TreeStore['lead']> {
    if (this.isLed) return null;
    this.isLed = true;
    return { isLost: () => false, release: async () => void (this.isLed = false) };
  }
}
