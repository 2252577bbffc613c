import type { CommandId, Instant } from '#kernel/id';
import type { CriterionId, SessionId } from '#domain/ids';
import type { Agreement } from '#domain/match/match.events';
import { idFrom } from '../dispatch/derived-ids';
import { IsInstant, IsLine, IsNestedList, IsText, IsWhole, LENGTH } from './fields';

export class SessionPlanDto {
  @IsInstant()
  readonly start!: Instant;

  @IsWhole(1, 720)
  readonly minutes!: number;
}

export class CriterionDto {
  @IsText(LENGTH.criterion)
  readonly text!: string;
}

/** R8: content, method, place, at least one planned session and one criterion. */
export class AgreementDto {
  @IsText(LENGTH.text)
  readonly content!: string;

  @IsText(LENGTH.text)
  readonly method!: string;

  @IsLine(LENGTH.place)
  readonly place!: string;

  @IsNestedList(() => SessionPlanDto, 1, 50)
  readonly sessions!: readonly SessionPlanDto[];

  @IsNestedList(() => CriterionDto, 1, 20)
  readonly criteria!: readonly CriterionDto[];
}

export const agreementOf = (dto: AgreementDto, commandId: CommandId): Agreement => ({
  content: dto.content,
  method: dto.method,
  place: dto.place,
  sessions: dto.sessions.map(({ start, minutes }, index) => ({
    sessionId: idFrom<SessionId>(commandId, `session/${index}`),
    start,
    minutes,
  })),
  criteria: dto.criteria.map(({ text }, index) => ({ criterionId: idFrom<CriterionId>(commandId, `criterion/${index}`), text })),
});
