import { IsIn } from 'class-validator';
import type { MemberId } from '#domain/ids';
import type { ExchangeRole, Presence } from '#domain/vocabulary';
import { IsId, IsWhole } from './fields';

export const EXCHANGE_ROLES: readonly ExchangeRole[] = ['giver', 'learner'];

export class OwnPresenceDto {
  @IsIn(EXCHANGE_ROLES)
  readonly role!: ExchangeRole;

  /** Of the session's minutes, those outside this person's working hours (R20). */
  @IsWhole(0, 720)
  readonly minutesOutside!: number;
}

export class PresenceDto extends OwnPresenceDto {
  @IsId()
  readonly memberId!: MemberId;
}

export const presenceOf = ({ role, minutesOutside }: OwnPresenceDto, memberId: MemberId): Presence => ({ memberId, role, minutesOutside });
