import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Instant, PastOrNow } from '#kernel/id';
import type { ReadPosition, ReadStore } from '#read-store/read-store.port';
import { READ_STORE } from '#read-store/tokens';
import { type Figure, type Indicator, published } from './figure';
import { type Formula, formulas } from './formulas';
import { GAP_AT, type GapAt } from './indicators/evaluation-gap';
import { riskFiguresAsOf } from './network-evaluation';
import type { Operand } from './operand';

export interface RiskExplained extends Formula {
  readonly readPosition: ReadPosition;
  readonly asOf: Instant;
  /** Null where the network has no such cell. */
  readonly figure: Figure | null;
  /** What the formula divides or measures, and what that counts; none of a suppressed figure (R15). */
  readonly operands: readonly Operand[];
}

/** How one figure of §5 came to be: its rule, its formula with operands, and what these count. */
export class RiskExplanation extends Query<RiskExplained> {
  constructor(
    readonly networkId: string,
    readonly asOf: PastOrNow,
    readonly of: { readonly indicator: Indicator; readonly cell: string | null },
  ) {
    super();
  }
}

@QueryHandler(RiskExplanation)
export class RiskExplanationHandler implements IQueryHandler<RiskExplanation> {
  constructor(
    @Inject(READ_STORE) private readonly store: ReadStore,
    @Inject(GAP_AT) private readonly gapAt: GapAt,
  ) {}

  async execute({ networkId, asOf, of }: RiskExplanation): Promise<RiskExplained> {
    const { readPosition, figures } = await riskFiguresAsOf(this.store, { networkId, asOf }, this.gapAt);
    const figure = figures.find(({ indicator, cell }) => indicator === of.indicator && cell === of.cell);
    const operands = figure?.operands() ?? [];
    return { readPosition, asOf, ...formulas[of.indicator], figure: figure ? published(figure) : null, operands };
  }
}
