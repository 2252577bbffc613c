import { Injectable } from '@nestjs/common';
import { InjectThrottlerOptions, InjectThrottlerStorage, type ThrottlerModuleOptions, type ThrottlerStorage } from '@nestjs/throttler';
import { problemOfStatus } from '../problems/problem-of';

const NAME = 'turned-away';

/**
 * Counts by address whom the guard turns away, with the limit that identities have: nobody guesses tokens at their leisure.
 * Only what is turned away is counted and refused: people behind the same address, or the same proxy, go on with their own tokens.
 */
@Injectable()
export class FailedAuthThrottle {
  constructor(
    @InjectThrottlerStorage() private readonly storage: ThrottlerStorage,
    @InjectThrottlerOptions() private readonly options: ThrottlerModuleOptions,
  ) {}

  /** @throws ProblemError 429 once this address was turned away too often */
  async count(address: string): Promise<void> {
    const [throttler] = Array.isArray(this.options) ? this.options : this.options.throttlers;
    const { ttl, limit } = throttler as { readonly ttl: number; readonly limit: number };
    const { isBlocked, timeToBlockExpire } = await this.storage.increment(`${NAME} ${address}`, ttl, limit, ttl, NAME);
    if (isBlocked) throw problemOfStatus(429, { 'retry-after': String(timeToBlockExpire) });
  }
}
