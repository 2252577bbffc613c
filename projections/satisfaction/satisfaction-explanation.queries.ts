import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Instant, PastOrNow } from '#kernel/id';
import type { ReadPosition, ReadStore } from '#read-store/read-store.port';
import { READ_STORE } from '#read-store/tokens';
import type { CountedPersons, FigureSelector, SatisfactionFigure } from './figures';
import { type Formula, formulas } from './formulas';
import { weeklyExplanation } from './weekly-figures';

export interface SatisfactionExplained extends Formula {
  readonly readPosition: ReadPosition;
  readonly asOf: Instant;
  /** Null where the network has no such cell. */
  readonly figure: SatisfactionFigure | null;
  /** Null where it is suppressed (R15). */
  readonly counted: CountedPersons | null;
}

/** How one published figure of §6 came to be: its rule, its formula with operands, and whom it counts. For the auditor alone. */
export class SatisfactionExplanation extends Query<SatisfactionExplained> {
  constructor(
    readonly networkId: string,
    readonly asOf: PastOrNow,
    readonly of: FigureSelector,
  ) {
    super();
  }
}

@QueryHandler(SatisfactionExplanation)
export class SatisfactionExplanationHandler implements IQueryHandler<SatisfactionExplanation> {
  constructor(@Inject(READ_STORE) private readonly store: ReadStore) {}

  async execute({ networkId, asOf, of }: SatisfactionExplanation): Promise<SatisfactionExplained> {
    const { readPosition, figure, counted } = await weeklyExplanation(this.store, { networkId, asOf, of });
    return { readPosition, asOf, ...formulas[of.indicator], figure: figure ?? null, counted };
  }
}
