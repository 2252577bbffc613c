import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Instant, PastOrNow } from '#kernel/id';
import type { ReadStore, ReadPosition } from '#read-store/read-store.port';
import { READ_STORE } from '#read-store/tokens';
import type { Dimension, FigureSelector, SatisfactionFigure } from './figures';
import { type EvidencePage, type PageAsked, pageOf } from './evidence';
import { SatisfactionExplanationHandler } from './satisfaction-explanation.queries';
import { weeklyEvidence, weeklyFigures } from './weekly-figures';

export interface SatisfactionFigures {
  readonly readPosition: ReadPosition;
  readonly asOf: Instant;
  readonly dimension: Dimension;
  readonly figures: readonly SatisfactionFigure[];
}

/** Every figure of §6 by one dimension, as it stood at a date; never by person, never two dimensions at a time (R15). */
export class SatisfactionAt extends Query<SatisfactionFigures> {
  constructor(
    readonly networkId: string,
    readonly asOf: PastOrNow,
    readonly dimension: Dimension,
  ) {
    super();
  }
}

/** The events behind one published figure, for the auditor alone: its route asks for that role, and records the look-up. */
export class SatisfactionEvidence extends Query<EvidencePage> {
  constructor(
    readonly networkId: string,
    readonly asOf: PastOrNow,
    readonly of: FigureSelector,
    readonly page: PageAsked,
  ) {
    super();
  }
}

@QueryHandler(SatisfactionAt)
export class SatisfactionAtHandler implements IQueryHandler<SatisfactionAt> {
  constructor(@Inject(READ_STORE) private readonly store: ReadStore) {}

  async execute({ networkId, asOf, dimension }: SatisfactionAt): Promise<SatisfactionFigures> {
    const { readPosition, figures } = await weeklyFigures(this.store, { networkId, asOf, dimension });
    return { readPosition, asOf, dimension, figures };
  }
}

@QueryHandler(SatisfactionEvidence)
export class SatisfactionEvidenceHandler implements IQueryHandler<SatisfactionEvidence> {
  constructor(@Inject(READ_STORE) private readonly store: ReadStore) {}

  async execute({ networkId, asOf, of, page }: SatisfactionEvidence): Promise<EvidencePage> {
    return pageOf(await weeklyEvidence(this.store, { networkId, asOf, of }), page);
  }
}

export const satisfactionQueryHandlers = [SatisfactionAtHandler, SatisfactionEvidenceHandler, SatisfactionExplanationHandler];
