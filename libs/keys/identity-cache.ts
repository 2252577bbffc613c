import type { Clock } from '#kernel/clock';
import { CACHE_SECONDS } from './key-cache';

const CACHE_SIZE = 50_000;

interface Link {
  readonly network: string;
  readonly member: string;
  readonly at: number;
}

export interface IdentityCache {
  find(name: string): string | null;
  /** Take it before reading a link: what was read before somebody was forgotten is not kept after it. */
  epoch(): number;
  keep(name: string, link: Omit<Link, 'at'>, epoch: number): void;
  drop(network: string, member: string): void;
}

/**
 * Whose id is whose, in memory alone, as long as keys are cached: an erasure is confirmed after that (R19). Who has no id is
 * looked up each time. Oldest out first.
 */
export const identityCache = (clock: Clock, size = CACHE_SIZE): IdentityCache => {
  const links = new Map<string, Link>();
  const now = (): number => Date.parse(clock.now());
  let epoch = 0;

  return {
    find: (name) => {
      const link = links.get(name);
      if (link === undefined) return null;
      const age = now() - link.at;
      if (age >= 0 && age < CACHE_SECONDS * 1000) return link.member;
      links.delete(name);
      return null;
    },
    epoch: () => epoch,
    keep: (name, link, taken) => {
      if (taken !== epoch) return;
      links.delete(name);
      links.set(name, { ...link, at: now() });
      const [oldest] = links.keys();
      if (links.size > size && oldest !== undefined) links.delete(oldest);
    },
    drop: (network, member) => {
      epoch += 1;
      for (const [name, link] of [...links]) if (link.network === network && link.member === member) links.delete(name);
    },
  };
};
