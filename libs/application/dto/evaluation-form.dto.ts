import { IsBoolean, IsOptional } from 'class-validator';
import type { EvaluationForm } from '#domain/exchange/exchange.events';
import type { CriterionId } from '#domain/ids';
import { IsId, IsNestedList, IsText, IsWhole, LENGTH } from './fields';

export class CriterionScoreDto {
  @IsId()
  readonly criterionId!: CriterionId;

  @IsWhole(1, 5)
  readonly score!: number;
}

export class EvaluationFormDto {
  @IsWhole(1, 5)
  readonly overall!: number;

  @IsNestedList(() => CriterionScoreDto, 0, 20)
  readonly criteria!: readonly CriterionScoreDto[];

  /** The learners' alone: directly usable. */
  @IsOptional()
  @IsWhole(1, 5)
  readonly usable?: number | null;

  @IsBoolean()
  readonly again!: boolean;

  @IsOptional()
  @IsText(LENGTH.text)
  readonly comment?: string | null;
}

export const evaluationFormOf = (dto: EvaluationFormDto): EvaluationForm => ({
  overall: dto.overall,
  criteria: dto.criteria.map(({ criterionId, score }) => ({ criterionId, score })),
  usable: dto.usable ?? null,
  again: dto.again,
  comment: dto.comment ?? null,
});
