import type { Clock } from '#kernel/clock';
import type { DataKey, KeyOwner } from './keys.port';

export const CACHE_SECONDS = 60;
const CACHE_SIZE = 10_000;

export interface CachedKey {
  readonly keyId: string;
  readonly owner: KeyOwner;
  readonly key: DataKey | 'erased';
}

export interface KeyCache {
  byId(keyId: string): CachedKey | undefined;
  byOwner(owner: KeyOwner): CachedKey | undefined;
  /** Take it before reading a key: what was read before an erasure is not kept after it. */
  epoch(): number;
  keep(found: CachedKey, epoch: number): void;
  drop(where: (owner: KeyOwner) => boolean): void;
}

const nameOf = ({ network, member, stream }: KeyOwner): string => JSON.stringify([network, member, stream]);

/** Keys of this process, for at most a minute: so long may another process's erasure go unseen. Oldest out first. */
export const keyCache = (clock: Clock, size = CACHE_SIZE): KeyCache => {
  const ids = new Map<string, CachedKey & { readonly at: number }>();
  const owners = new Map<string, string>();
  const now = (): number => Date.parse(clock.now());
  let epoch = 0;

  const forget = (keyId: string): void => {
    const entry = ids.get(keyId);
    if (entry === undefined) return;
    ids.delete(keyId);
    owners.delete(nameOf(entry.owner));
  };
  const fresh = (keyId: string | undefined): CachedKey | undefined => {
    const entry = keyId === undefined ? undefined : ids.get(keyId);
    if (entry === undefined) return undefined;
    const age = now() - entry.at;
    if (age >= 0 && age < CACHE_SECONDS * 1000) return entry;
    forget(entry.keyId);
    return undefined;
  };

  return {
    byId: fresh,
    byOwner: (owner) => fresh(owners.get(nameOf(owner))),
    epoch: () => epoch,
    keep: (found, taken) => {
      if (taken !== epoch) return;
      forget(found.keyId);
      ids.set(found.keyId, { ...found, at: now() });
      owners.set(nameOf(found.owner), found.keyId);
      const [oldest] = ids.keys();
      if (ids.size > size && oldest !== undefined) forget(oldest);
    },
    drop: (where) => {
      epoch += 1;
      for (const { keyId, owner } of [...ids.values()]) if (where(owner)) forget(keyId);
    },
  };
};
