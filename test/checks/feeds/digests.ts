import type { Change, Item } from '#feed-client/frames';

/** What the check looks at of one item of the queue. */
export interface Queued {
  readonly waits: readonly { readonly who: string; readonly why: string; readonly since: string }[];
}

/** A number that stands for one item as it is; of equal items the same, of others hardly ever. */
export const digestOf = ({ key, value }: Change<Queued> | Item<Queued>): number => {
  const text = value === null ? key : `${key} ${value.waits.map(({ who, why, since }) => `${who}${why}${since}`).join()}`;
  let digest = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) digest = Math.imul(digest ^ text.charCodeAt(i), 0x01000193);
  return digest | 0;
};

/** Items by key as their digests alone, and the sum of these: what two hundred clients know at once fits into memory. */
export class Digests {
  private readonly digests = new Map<string, number>();
  private total = 0;

  get sum(): number {
    return this.total;
  }

  put(item: Change<Queued> | Item<Queued>): void {
    const digest = item.value === null ? 0 : digestOf(item);
    this.total = (this.total - (this.digests.get(item.key) ?? 0) + digest) | 0;
    if (digest === 0) this.digests.delete(item.key);
    else this.digests.set(item.key, digest);
  }
}
