import { promisify } from 'node:util';
import { deflateRawSync, inflateRaw } from 'node:zlib';
import type { FollowedBuild, Changes } from '#read-store/change-feed/changes';
import type { Show } from '#read-store/change-feed/change-reader';
import { itemOf } from './frames';
import { Gate } from './gate';

/** A network's rows at one position, in pages; compressed, for slow clients hold it long. */
export interface Snapshot {
  readonly build: FollowedBuild;
  readonly pages: readonly Uint8Array[];
}

interface Young {
  readonly snapshot: Promise<Snapshot>;
  readonly bornAt: number;
}

const PAGE_BYTES = 48 * 1024;
/** Those who come together share one. */
const YOUNG_MS = 1_000;
const LEVEL = { level: 1 };

const inflated = promisify<Uint8Array, Buffer>(inflateRaw);

/** A page's items, as JSON with commas between. */
export const itemsOf = async (page: Uint8Array): Promise<string> => (await inflated(page)).toString();

/** Read as fast as the database gives it, whoever reads it later how slowly: no transaction waits for a client. */
export class Snapshots {
  private readonly young = new Map<string, Young>();
  private readonly gate = new Gate(1);

  constructor(private readonly changes: Changes) {}

  /** @param build whose snapshot it must be; another's, where the build that is asked has just changed */
  async of(
    name: string,
    networkId: string,
    { show, build }: { show: Show; build: Pick<FollowedBuild, 'id' | 'mended'> },
  ): Promise<Snapshot> {
    const key = `${name} ${networkId} ${build.id} ${build.mended}`;
    const known = this.young.get(key);
    if (known && Date.now() - known.bornAt < YOUNG_MS) return known.snapshot;
    const snapshot = this.gate.through(() => this.read(name, networkId, show));
    const young = { snapshot, bornAt: Date.now() };
    this.young.set(key, young);
    const forget = (): void => {
      if (this.young.get(key) === young) this.young.delete(key);
    };
    snapshot.then(() => setTimeout(forget, YOUNG_MS).unref(), forget);
    return snapshot;
  }

  private async read(name: string, networkId: string, show: Show): Promise<Snapshot> {
    const pages: Uint8Array[] = [];
    let items: string[] = [];
    let size = 0;
    const turn = (): void => {
      if (items.length > 0) pages.push(deflateRawSync(items.join(','), LEVEL));
      [items, size] = [[], 0];
    };
    const build = await this.changes.snapshot(name, networkId, (rows) => {
      for (const { key, row } of rows) {
        const value = show(row);
        if (value === null) continue;
        const item = itemOf(key, value);
        if (size + item.length > PAGE_BYTES) turn();
        items.push(item);
        size += item.length + 1;
      }
    });
    turn();
    return { build, pages };
  }
}
