import { hash } from 'node:crypto';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import type { Installation } from '../../installation/installation';
import { problemOfStatus } from '../problems/problem-of';

/** Whoever goes beyond the limit of a minute waits one. */
const MINUTE = { keyPrefix: '', duration: 60, blockDuration: 60 };

/** Counts are worth no write-ahead log: a server that crashed begins them anew. */
const TABLE = `
  select pg_advisory_xact_lock(hashtext('savoirs rate limits'));
  create schema if not exists limits;
  create unlogged table if not exists limits.requests (key varchar(255) primary key, points integer not null, expire bigint);`;

/** Subjects and addresses are personal: they are compared, never read again. */
const digestOf = (key: string): string => hash('sha256', key, 'base64url');

/** Counts requests by key, in this process or in a table that several processes share. */
export class RateLimits {
  private constructor(
    readonly perMinute: number,
    private readonly counter: RateLimiterAbstract,
  ) {}

  static inMemory(perMinute: number): RateLimits {
    return new RateLimits(perMinute, new RateLimiterMemory({ points: perMinute, ...MINUTE }));
  }

  /** While the database is away each process counts for itself. */
  static async shared(perMinute: number, pool: Pick<Installation, 'pool'>['pool']): Promise<RateLimits> {
    await pool.query(TABLE);
    const points = { points: perMinute, ...MINUTE };
    const table = { storeClient: pool, storeType: 'pool', schemaName: 'limits', tableName: 'requests', tableCreated: true };
    return new RateLimits(
      perMinute,
      new RateLimiterPostgres({
        ...points,
        ...table,
        // nobody who waits is looked up again
        inMemoryBlockOnConsumed: perMinute + 1,
        insuranceLimiter: new RateLimiterMemory(points),
      }),
    );
  }

  /** @throws ProblemError 429 beyond the limit, with when to come again */
  async count(key: string): Promise<RateLimiterRes> {
    try {
      return await this.counter.consume(digestOf(key));
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      throw problemOfStatus(429, { 'retry-after': String(secondsOf(refused)) });
    }
  }
}

export const secondsOf = ({ msBeforeNext }: RateLimiterRes): number => Math.ceil(msBeforeNext / 1000);
