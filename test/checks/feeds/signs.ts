import type { Change, Item } from '#feed-client/frames';

/** What the check looks at of one item of the queue. */
export interface Queued {
  readonly waits: readonly { readonly who: string; readonly why: string; readonly since: string }[];
}

/** A number that stands for one item as it is; of equal items the same, of others hardly ever. */
export const signOf = ({ key, value }: Change<Queued> | Item<Queued>): number => {
  const text = value === null ? key : `${key} ${value.waits.map(({ who, why, since }) => `${who}${why}${since}`).join()}`;
  let sign = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) sign = Math.imul(sign ^ text.charCodeAt(i), 0x01000193);
  return sign | 0;
};

/** Items by key as their signs alone, and the sum of these: what two hundred clients know at once fits into memory. */
export class Signs {
  private readonly signs = new Map<string, number>();
  private total = 0;

  get sum(): number {
    return this.total;
  }

  put(item: Change<Queued> | Item<Queued>): void {
    const sign = item.value === null ? 0 : signOf(item);
    this.total = (this.total - (this.signs.get(item.key) ?? 0) + sign) | 0;
    if (sign === 0) this.signs.delete(item.key);
    else this.signs.set(item.key, sign);
  }
}
