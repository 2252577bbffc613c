import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Instant } from '#kernel/id';
import { cursorOf, readCursor } from '#read-store/cursor';
import type { ReadStore, Standing } from '#read-store/read-store.port';
import { READ_STORE } from '#read-store/tokens';
import type { Dimension, SatisfactionFigure } from './answer';
import type { Indicator } from './figure';
import type { Dated } from './satisfaction.facts';
import { weeklyAnswers } from './weekly-answers';

export interface SatisfactionFigures {
  readonly standing: Standing;
  readonly asOf: Instant;
  readonly dimension: Dimension;
  readonly figures: readonly SatisfactionFigure[];
}

/** Every figure of §6 by one dimension, as it stood at a date; never by person, never two dimensions at a time (R15). */
export class SatisfactionAt extends Query<SatisfactionFigures> {
  constructor(
    readonly networkId: string,
    readonly asOf: Instant,
    readonly dimension: Dimension,
  ) {
    super();
  }
}

export interface EvidencePage {
  /** In the order in which they were recorded. */
  readonly eventIds: readonly string[];
  readonly next: string | null;
}

/** The events behind one shown figure, for the auditor alone: its route asks for that role, and records the look-up. */
export class SatisfactionEvidence extends Query<EvidencePage> {
  constructor(
    readonly networkId: string,
    readonly asOf: Instant,
    readonly of: { readonly indicator: Indicator; readonly cell: string },
    readonly page: { readonly limit: number; readonly cursor?: string },
  ) {
    super();
  }
}

const placeOf = ({ rec, id }: Dated): string => `${rec} ${id}`;

const pageOf = (facts: readonly Dated[], { limit, cursor }: SatisfactionEvidence['page']): EvidencePage => {
  const places = new Map(facts.map((fact) => [placeOf(fact), fact.id]));
  const after = cursor === undefined ? '' : String(readCursor(cursor, 1)[0]);
  const found = [...places.keys()].filter((place) => place > after).sort();
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return {
    eventIds: page.flatMap((place) => places.get(place) ?? []),
    next: last !== undefined && found.length > limit ? cursorOf(last) : null,
  };
};

@QueryHandler(SatisfactionAt)
export class SatisfactionAtHandler implements IQueryHandler<SatisfactionAt> {
  constructor(@Inject(READ_STORE) private readonly store: ReadStore) {}

  async execute({ networkId, asOf, dimension }: SatisfactionAt): Promise<SatisfactionFigures> {
    const { standing, answers } = await weeklyAnswers(this.store, networkId, asOf);
    return { standing, asOf, dimension, figures: answers.figures(dimension) };
  }
}

@QueryHandler(SatisfactionEvidence)
export class SatisfactionEvidenceHandler implements IQueryHandler<SatisfactionEvidence> {
  constructor(@Inject(READ_STORE) private readonly store: ReadStore) {}

  async execute({ networkId, asOf, of, page }: SatisfactionEvidence): Promise<EvidencePage> {
    const { answers } = await weeklyAnswers(this.store, networkId, asOf);
    return pageOf(answers.behind(of), page);
  }
}

export const satisfactionQueryHandlers = [SatisfactionAtHandler, SatisfactionEvidenceHandler];
