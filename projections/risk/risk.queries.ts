import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Instant, PastOrNow } from '#kernel/id';
import { addDays } from '#domain/calendar';
import { lastMidnight } from '#domain/weeks';
import { cursorOf, readCursor } from '#read-store/cursor';
import type { ReadStore, ReadPosition } from '#read-store/read-store.port';
import { READ_STORE } from '#read-store/tokens';
import { type Computed, type Figure, type Indicator, published } from './figure';
import { GAP_AT, type GapAt } from './indicators/evaluation-gap';
import { riskFiguresAsOf, evaluatedNetwork } from './network-evaluation';
import { type Crossing, newlyCrossed } from './risk-evaluation';
import type { Dated } from './risk.facts';
import { RiskExplanationHandler } from './risk-explanation.queries';
import { RiskTrendHandler } from './risk-trend.queries';
import { TopicsInNeedHandler } from './topics-in-need.queries';

export interface RiskFigures {
  readonly readPosition: ReadPosition;
  readonly asOf: Instant;
  readonly figures: readonly Figure[];
}

/** Every figure of §5 as of a date: of what was recorded by then, under the policy of then. */
export class RiskAt extends Query<RiskFigures> {
  constructor(
    readonly networkId: string,
    readonly asOf: PastOrNow,
  ) {
    super();
  }
}

export interface EvidencePage {
  /** In the order in which they were recorded. */
  readonly eventIds: readonly string[];
  readonly next: string | null;
}

/** R15: evidence that holds evaluations or follow-ups, or shows that all are in, is for the auditor alone (§6). */
export const AUDITORS_ALONE: readonly Indicator[] = ['evaluationGap', 'dormancy'];

/** The events behind one figure; none behind a suppressed one (R15). */
export class RiskEvidence extends Query<EvidencePage> {
  constructor(
    readonly networkId: string,
    readonly asOf: PastOrNow,
    readonly of: { readonly indicator: Indicator; readonly cell: string | null },
    readonly page: { readonly limit: number; readonly cursor?: string },
  ) {
    super();
  }
}

export interface DailyEvaluation {
  readonly readPosition: ReadPosition;
  /** The network's last midnight: what names this judgement, however late it is asked for. */
  readonly judgedAt: Instant;
  readonly crossed: readonly Crossing[];
}

/** What the network's last midnight finds crossed that the midnight before did not. */
export class RisksNewlyCrossed extends Query<DailyEvaluation> {
  constructor(
    readonly networkId: string,
    readonly now: Instant,
  ) {
    super();
  }
}

const compare = (one: Dated, other: Dated): number => {
  if (one.rec !== other.rec) return one.rec < other.rec ? -1 : 1;
  if (one.id === other.id) return 0;
  return one.id < other.id ? -1 : 1;
};

/** Each event once, as recorded, after the cursor. */
export const pageOf = (figure: Computed | undefined, { limit, cursor }: RiskEvidence['page']): EvidencePage => {
  const facts = [...new Map((figure?.evidence() ?? []).map((fact) => [fact.id, fact])).values()].sort(compare);
  const [rec, id] = cursor === undefined ? ['', ''] : readCursor(cursor, ['text', 'text']);
  const after = facts.filter((fact) => fact.rec > rec || (fact.rec === rec && fact.id > id));
  const page = after.slice(0, limit);
  const last = page.at(-1);
  return { eventIds: page.map((fact) => fact.id), next: last !== undefined && after.length > limit ? cursorOf(last.rec, last.id) : null };
};

@QueryHandler(RiskAt)
export class RiskAtHandler implements IQueryHandler<RiskAt> {
  constructor(
    @Inject(READ_STORE) private readonly store: ReadStore,
    @Inject(GAP_AT) private readonly gapAt: GapAt,
  ) {}

  async execute({ networkId, asOf }: RiskAt): Promise<RiskFigures> {
    const { readPosition, figures } = await riskFiguresAsOf(this.store, { networkId, asOf }, this.gapAt);
    return { readPosition, asOf, figures: figures.map(published) };
  }
}

@QueryHandler(RiskEvidence)
export class RiskEvidenceHandler implements IQueryHandler<RiskEvidence> {
  constructor(
    @Inject(READ_STORE) private readonly store: ReadStore,
    @Inject(GAP_AT) private readonly gapAt: GapAt,
  ) {}

  async execute({ networkId, asOf, of, page }: RiskEvidence): Promise<EvidencePage> {
    const { figures } = await riskFiguresAsOf(this.store, { networkId, asOf }, this.gapAt);
    const figure = figures.find(({ indicator, cell }) => indicator === of.indicator && cell === of.cell);
    return pageOf(figure, page);
  }
}

@QueryHandler(RisksNewlyCrossed)
export class RisksNewlyCrossedHandler implements IQueryHandler<RisksNewlyCrossed> {
  /** The last judgement of each network: the next one compares with it. What was recorded by a midnight that is past stands still. */
  private readonly last = new Map<string, { readonly at: Instant; readonly figures: readonly Figure[] }>();

  constructor(
    @Inject(READ_STORE) private readonly store: ReadStore,
    @Inject(GAP_AT) private readonly gapAt: GapAt,
  ) {}

  async execute({ networkId, now }: RisksNewlyCrossed): Promise<DailyEvaluation> {
    const { readPosition, timeZone, figuresAt: judged } = await evaluatedNetwork(this.store, networkId, this.gapAt);
    const judgedAt = lastMidnight(now, timeZone);
    // Half a day before a midnight lies in the day before, whatever the clocks did.
    const dayBefore = lastMidnight(addDays(judgedAt, -0.5), timeZone);
    const last = this.last.get(networkId);
    const previous = last?.at === dayBefore ? last.figures : await judged(dayBefore);
    const figures = (await judged(judgedAt)).map(published);
    // Kept once later events are in: what clocks that differ put before that midnight is there by then.
    if (readPosition.recordedAt !== null && readPosition.recordedAt > judgedAt) this.last.set(networkId, { at: judgedAt, figures });
    return { readPosition, judgedAt, crossed: newlyCrossed(previous, figures) };
  }
}

export const riskQueryHandlers = [
  RiskAtHandler,
  RiskEvidenceHandler,
  RiskExplanationHandler,
  RisksNewlyCrossedHandler,
  RiskTrendHandler,
  TopicsInNeedHandler,
];
