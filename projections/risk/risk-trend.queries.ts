import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Instant, PastOrNow } from '#kernel/id';
import { addDays } from '#domain/calendar';
import { monthStarts } from '#domain/weeks';
import { createQueryCache, type QueryCache } from '#read-store/query/query-cache';
import type { ReadStore, ReadPosition } from '#read-store/read-store.port';
import { READ_STORE } from '#read-store/tokens';
import { type Figure, published } from './figure';
import { GAP_AT, type GapAt } from './indicators/evaluation-gap';
import { evaluatedNetwork } from './network-evaluation';

export interface MonthOfRisk {
  /** The network's first midnight of a month. */
  readonly asOf: Instant;
  readonly figures: readonly Figure[];
}

export interface RiskTrendAnswer {
  readonly readPosition: ReadPosition;
  readonly months: readonly MonthOfRisk[];
}

/** Every figure of §5 at the starts of the last months, oldest first, from its opening on: each is what was answered for that date. */
export class RiskTrend extends Query<RiskTrendAnswer> {
  constructor(
    readonly networkId: string,
    readonly asOf: PastOrNow,
    readonly months: number,
  ) {
    super();
  }
}

/** Two years of four networks: a month that is past stands still, and is judged once. */
const ROOM = { room: 100 };

@QueryHandler(RiskTrend)
export class RiskTrendHandler implements IQueryHandler<RiskTrend> {
  private readonly kept: QueryCache<readonly Figure[]> = createQueryCache(ROOM);

  constructor(
    @Inject(READ_STORE) private readonly store: ReadStore,
    @Inject(GAP_AT) private readonly gapAt: GapAt,
  ) {}

  async execute({ networkId, asOf, months }: RiskTrend): Promise<RiskTrendAnswer> {
    const { readPosition, timeZone, openedAt, figuresAt } = await evaluatedNetwork(this.store, networkId, this.gapAt);
    const judged: MonthOfRisk[] = [];
    const starts = monthStarts(asOf, months, timeZone).filter((start) => openedAt !== null && start >= openedAt);
    for (const start of starts) {
      const figures = await this.kept({
        key: `${networkId} ${start}`,
        readPosition,
        compute: async () => ({ answer: (await figuresAt(start)).map(published), readPosition }),
        // clocks differ: what one of them puts before that midnight is there a day later
        isFinal: ({ recordedAt }) => recordedAt !== null && recordedAt > addDays(start, 1),
      });
      judged.push({ asOf: start, figures });
    }
    return { readPosition, months: judged };
  }
}
