import { applyDecorators } from '@nestjs/common';
import { ArrayMaxSize, IsArray, IsBoolean, IsNumber, IsOptional, Max, Min, ValidateBy } from 'class-validator';
import type { Policy, Thresholds } from '#domain/network/policy';
import { IsLine, IsNested, IsWhole } from './fields';

const IsFigure = (most: number): PropertyDecorator =>
  applyDecorators(IsNumber({ allowNaN: false, allowInfinity: false }), Min(0), Max(most));
const IsShare = (): PropertyDecorator => IsFigure(1);

const PLACE_OR_UNIT = /^(site|unit):[\p{L}\p{N}][\p{L}\p{N}_.-]{0,63}$/u;
const isHeadcount = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.keys(value).length <= 2000 &&
  Object.entries(value).every(([code, heads]) => PLACE_OR_UNIT.test(code) && Number.isInteger(heads) && heads >= 0);
const IsHeadcount = (): PropertyDecorator =>
  ValidateBy({
    name: 'isHeadcount',
    validator: { validate: isHeadcount, defaultMessage: () => '$property must give whole numbers by site:CODE or unit:CODE' },
  });

/** All of them, always: two leads who change two thresholds do not mix. */
export class ThresholdsDto implements Thresholds {
  @IsShare()
  readonly imbalance!: number;

  @IsFigure(3650)
  readonly reciprocityDebtDays!: number;

  @IsShare()
  readonly giversAtCapacity!: number;

  @IsShare()
  readonly giftGini!: number;

  @IsShare()
  readonly topGiversShare!: number;

  @IsShare()
  readonly singleSource!: number;

  @IsShare()
  readonly unmetDemand!: number;

  @IsShare()
  readonly exclusion!: number;

  @IsFigure(100)
  readonly participationRatio!: number;

  @IsShare()
  readonly noShow!: number;

  @IsShare()
  readonly lateChanges!: number;

  @IsFigure(100)
  readonly funnelDropPoints!: number;

  @IsShare()
  readonly contentDisputes!: number;

  @IsShare()
  readonly staleOffers!: number;

  @IsFigure(100)
  readonly confidentialityPer100!: number;

  @IsFigure(3650)
  readonly confidentialityDays!: number;

  @IsShare()
  readonly outsideHours!: number;

  @IsShare()
  readonly closedPairs!: number;

  @IsShare()
  readonly sameUnit!: number;

  @IsShare()
  readonly evaluationGap!: number;

  @IsShare()
  readonly mediationBottleneck!: number;

  @IsFigure(1000)
  readonly openConnectionsPerMediator!: number;

  @IsShare()
  readonly dormancy!: number;
}

/** Names only what changes. */
export class PolicyChangesDto {
  @IsOptional()
  @IsWhole(1, 3650)
  readonly entryOnBehalfDays?: number;

  @IsOptional()
  @IsWhole(1, 3650)
  readonly graceDays?: number;

  @IsOptional()
  @IsWhole(1, 120)
  readonly reviewMonths?: number;

  @IsOptional()
  @IsWhole(1, 3650)
  readonly reviewDays?: number;

  @IsOptional()
  @IsWhole(1, 3650)
  readonly acceptanceDays?: number;

  @IsOptional()
  @IsWhole(1, 3650)
  readonly connectionDays?: number;

  @IsOptional()
  @IsWhole(1, 3650)
  readonly outcomeDays?: number;

  @IsOptional()
  @IsWhole(1, 3650)
  readonly reportDays?: number;

  @IsOptional()
  @IsWhole(1, 3650)
  readonly lapseDays?: number;

  @IsOptional()
  @IsWhole(1, 3650)
  readonly evaluationDays?: number;

  @IsOptional()
  @IsWhole(1, 3650)
  readonly followUpFromDay?: number;

  @IsOptional()
  @IsWhole(1, 3650)
  readonly followUpUntilDay?: number;

  @IsOptional()
  @IsWhole(1, 3650)
  readonly settleDays?: number;

  @IsOptional()
  @IsWhole(0, 3650)
  readonly pairRestDays?: number;

  @IsOptional()
  @IsWhole(1, 50)
  readonly defaultCapacity?: number;

  @IsOptional()
  @IsBoolean()
  readonly waiveConnectionForKnownPairs?: boolean;

  @IsOptional()
  @IsLine(200)
  readonly trainingLabel?: string;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(10)
  @IsNumber({}, { each: true })
  @Min(0, { each: true })
  readonly warnOutsideHours?: readonly number[];

  /** Headcount by `site:CODE` or `unit:CODE`. */
  @IsOptional()
  @IsHeadcount()
  readonly headcount?: Readonly<Record<string, number>>;

  @IsOptional()
  @IsNested(() => ThresholdsDto)
  readonly thresholds?: ThresholdsDto;
}

/** What is given, as plain values: a class instance has every field, absent ones undefined. */
export const policyChangesOf = (dto: PolicyChangesDto): Partial<Policy> => {
  const given = Object.entries(dto).filter(([, value]) => value !== undefined && value !== null);
  const { thresholds, ...rest } = Object.fromEntries(given) as Partial<Policy>;
  return thresholds ? { ...rest, thresholds: { ...thresholds } } : rest;
};
