import { applyDecorators } from '@nestjs/common';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsNumber, IsOptional, Max, Min, ValidateBy } from 'class-validator';
import { POLICY_MOST, STRICTNESSES, type MatchingGates, type Strictness, type Thresholds } from '#domain/network/policy';
import type { MergePatch, PolicyChanges } from '#domain/network/policy-change';
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
  Object.entries(value).every(([code, heads]) => PLACE_OR_UNIT.test(code) && (heads === null || (Number.isInteger(heads) && heads >= 0)));
const IsHeadcount = (): PropertyDecorator =>
  ValidateBy({
    name: 'isHeadcount',
    validator: { validate: isHeadcount, defaultMessage: () => '$property must give whole numbers by site:CODE or unit:CODE' },
  });

/** How rounds keep each gate that may bend; null brings a default back. */
export class GatesDto implements MergePatch<MatchingGates> {
  @IsOptional()
  @IsIn(STRICTNESSES)
  readonly place?: Strictness | null;

  @IsOptional()
  @IsIn(STRICTNESSES)
  readonly halfDays?: Strictness | null;

  @IsOptional()
  @IsIn(STRICTNESSES)
  readonly level?: Strictness | null;
}

/** Names only those that change; null brings a default back. */
export class ThresholdsDto implements MergePatch<Thresholds> {
  @IsOptional()
  @IsShare()
  readonly imbalance?: number | null;

  @IsOptional()
  @IsFigure(3650)
  readonly reciprocityDebtDays?: number | null;

  @IsOptional()
  @IsShare()
  readonly giversAtCapacity?: number | null;

  @IsOptional()
  @IsShare()
  readonly giftGini?: number | null;

  @IsOptional()
  @IsShare()
  readonly topGiversShare?: number | null;

  @IsOptional()
  @IsShare()
  readonly singleSource?: number | null;

  @IsOptional()
  @IsShare()
  readonly unmetDemand?: number | null;

  @IsOptional()
  @IsShare()
  readonly exclusion?: number | null;

  @IsOptional()
  @IsShare()
  readonly participationRatio?: number | null;

  @IsOptional()
  @IsShare()
  readonly noShow?: number | null;

  @IsOptional()
  @IsShare()
  readonly lateChanges?: number | null;

  @IsOptional()
  @IsFigure(100)
  readonly funnelDropPoints?: number | null;

  @IsOptional()
  @IsShare()
  readonly contentDisputes?: number | null;

  @IsOptional()
  @IsShare()
  readonly staleOffers?: number | null;

  @IsOptional()
  @IsFigure(100)
  readonly confidentialityPer100?: number | null;

  @IsOptional()
  @IsFigure(3650)
  readonly confidentialityDays?: number | null;

  @IsOptional()
  @IsShare()
  readonly outsideHours?: number | null;

  @IsOptional()
  @IsShare()
  readonly closedPairs?: number | null;

  @IsOptional()
  @IsShare()
  readonly sameUnit?: number | null;

  @IsOptional()
  @IsShare()
  readonly evaluationGap?: number | null;

  @IsOptional()
  @IsShare()
  readonly mediationBottleneck?: number | null;

  @IsOptional()
  @IsFigure(1000)
  readonly openConnectionsPerMediator?: number | null;

  @IsOptional()
  @IsShare()
  readonly dormancy?: number | null;
}

/** A JSON merge patch (RFC 7396): names only what changes, inside headcount and thresholds too; null brings a default back. */
export class PolicyChangesDto implements PolicyChanges {
  @IsOptional()
  @IsWhole(1, POLICY_MOST.days)
  readonly entryOnBehalfDays?: number | null;

  @IsOptional()
  @IsWhole(1, POLICY_MOST.days)
  readonly graceDays?: number | null;

  @IsOptional()
  @IsWhole(1, POLICY_MOST.months)
  readonly reviewMonths?: number | null;

  @IsOptional()
  @IsWhole(1, POLICY_MOST.days)
  readonly reviewDays?: number | null;

  @IsOptional()
  @IsWhole(1, POLICY_MOST.days)
  readonly acceptanceDays?: number | null;

  @IsOptional()
  @IsWhole(1, POLICY_MOST.days)
  readonly connectionDays?: number | null;

  @IsOptional()
  @IsWhole(1, POLICY_MOST.days)
  readonly outcomeDays?: number | null;

  @IsOptional()
  @IsWhole(1, POLICY_MOST.days)
  readonly reportDays?: number | null;

  @IsOptional()
  @IsWhole(1, POLICY_MOST.days)
  readonly lapseDays?: number | null;

  @IsOptional()
  @IsWhole(1, POLICY_MOST.days)
  readonly evaluationDays?: number | null;

  @IsOptional()
  @IsWhole(1, POLICY_MOST.days)
  readonly followUpFromDay?: number | null;

  @IsOptional()
  @IsWhole(1, POLICY_MOST.days)
  readonly followUpUntilDay?: number | null;

  @IsOptional()
  @IsWhole(1, POLICY_MOST.days)
  readonly settleDays?: number | null;

  @IsOptional()
  @IsWhole(0, POLICY_MOST.days)
  readonly pairRestDays?: number | null;

  /** R24: how far ahead a session, a connection or a pause may lie. */
  @IsOptional()
  @IsWhole(1, POLICY_MOST.months)
  readonly plannedAheadMonths?: number | null;

  /** R19: how long the texts of an exchange or incident are kept after its end; 0: for good. */
  @IsOptional()
  @IsWhole(0, POLICY_MOST.months)
  readonly exchangeTextsMonths?: number | null;

  /** R19: how long the data of a member who left are kept; 0: for good. */
  @IsOptional()
  @IsWhole(0, POLICY_MOST.months)
  readonly goneMembersMonths?: number | null;

  @IsOptional()
  @IsWhole(1, POLICY_MOST.capacity)
  readonly defaultCapacity?: number | null;

  /** R7: up to so many steps through broader and narrower topics rounds bring topics together; 0: the same topic alone. */
  @IsOptional()
  @IsWhole(0, POLICY_MOST.topicSteps)
  readonly nearTopics?: number | null;

  @IsOptional()
  @IsBoolean()
  readonly ringsOnly?: boolean | null;

  @IsOptional()
  @IsWhole(2, POLICY_MOST.ring)
  readonly longestRing?: number | null;

  @IsOptional()
  @IsWhole(0, POLICY_MOST.chain)
  readonly longestChain?: number | null;

  @IsOptional()
  @IsBoolean()
  readonly waiveConnectionForKnownPairs?: boolean | null;

  @IsOptional()
  @IsLine(200)
  readonly trainingLabel?: string | null;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(10)
  @IsNumber({}, { each: true })
  @Min(0, { each: true })
  readonly warnOutsideHours?: readonly number[] | null;

  /** Headcount by `site:CODE` or `unit:CODE`; null takes one away. */
  @IsOptional()
  @IsHeadcount()
  readonly headcount?: Readonly<Record<string, number | null>> | null;

  @IsOptional()
  @IsNested(() => GatesDto)
  readonly gates?: GatesDto | null;

  @IsOptional()
  @IsNested(() => ThresholdsDto)
  readonly thresholds?: ThresholdsDto | null;
}

const given = (dto: object): object => Object.fromEntries(Object.entries(dto).filter(([, value]) => value !== undefined));

/** What is given, as plain values: a class instance has every field, absent ones undefined. */
export const policyChangesOf = (dto: PolicyChangesDto): PolicyChanges => {
  const changes: PolicyChanges = given(dto);
  const { thresholds, gates } = changes;
  return { ...changes, ...(thresholds ? { thresholds: given(thresholds) } : {}), ...(gates ? { gates: given(gates) } : {}) };
};
