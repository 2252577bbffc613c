import { hash } from 'node:crypto';
import type { Verified } from './tokens';

const MOST = 10_000;

interface Kept {
  readonly verified: Verified;
  /** The keys that it was verified by. */
  readonly by: object;
  readonly at: number;
}

/**
 * Tokens that were verified, by their hash: nobody signs anew what was found good, until it expires, the keys are read anew, or the clock
 * goes back. No token is kept itself. Oldest out first.
 */
export class VerifiedTokens {
  private readonly kept = new Map<string, Kept>();

  constructor(
    private readonly now: () => number = Date.now,
    private readonly most: number = MOST,
  ) {}

  /** @param keys those of this moment; null: they have to be asked for first */
  find(token: string, keys: object | null): Verified | null {
    const name = nameOf(token);
    const found = this.kept.get(name);
    if (!found) return null;
    const now = this.now();
    if (found.by === keys && now >= found.at && now < found.verified.expiresAt) return found.verified;
    this.kept.delete(name);
    return null;
  }

  keep(token: string, verified: Verified, keys: object): void {
    const name = nameOf(token);
    this.kept.delete(name);
    this.kept.set(name, { verified, by: keys, at: this.now() });
    const [oldest] = this.kept.keys();
    if (this.kept.size > this.most && oldest !== undefined) this.kept.delete(oldest);
  }
}

const nameOf = (token: string): string => hash('sha256', token, 'base64url');
