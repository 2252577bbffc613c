import type { StoredEvent } from '../log.port';

export const FIRST_PAGE = 64;
const PAGE = { most: 1000, characters: 4 * 1024 * 1024 } as const;

/** How many events to ask for: as many as the last page's sizes let fit in some MiB, so that a log of great events does not fill the memory. */
export class AdaptivePageSize {
  limit: number = FIRST_PAGE;

  learn(page: readonly StoredEvent[]): void {
    if (page.length === 0) return;
    const characters = page.reduce((sum, { meta, data }) => sum + meta.length + data.length, 0);
    const fitting = Math.floor((PAGE.characters * page.length) / Math.max(characters, 1));
    this.limit = Math.max(1, Math.min(PAGE.most, fitting));
  }
}
