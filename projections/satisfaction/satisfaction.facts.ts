import type { EventId, Instant } from '#kernel/id';
import type { DataOf } from '#kernel/message';
import type { SavoirsEvent } from '#domain/catalogue';
import type { EvaluationForm } from '#domain/exchange/exchange.events';

type Data<Type extends SavoirsEvent['type']> = DataOf<SavoirsEvent, Type>;
type Picks = { readonly [Type in SavoirsEvent['type']]?: (data: Data<Type>) => object };

/** When a fact happened, when it was recorded, and the event that tells it. */
export interface Dated {
  readonly at: Instant;
  readonly rec: Instant;
  readonly id: EventId;
}

type FactOf<P extends Picks> = {
  [Type in keyof P]: P[Type] extends (data: never) => infer Kept ? Dated & { readonly is: Type } & Kept : never;
}[keyof P];

const nothing = (): object => ({});
/** The scores; the comment stays where it is, under its author's key (R15, R19). */
const scores = ({ overall, criteria, usable, again }: EvaluationForm) => ({ overall, criteria, usable, again });

export const networkPicks = {
  NetworkOpened: ({ timeZone }: Data<'NetworkOpened'>) => ({ timeZone }),
} satisfies Picks;

export const memberPicks = {
  MemberEnrolled: ({ site, unit }: Data<'MemberEnrolled'>) => ({ site, unit }),
  ProfileChanged: ({ profile }: Data<'ProfileChanged'>) => ({ site: profile.site, unit: profile.unit }),
  ReciprocityRestored: nothing,
  MemberSuspended: nothing,
  MemberLeft: nothing,
  PersonalDataErased: nothing,
} satisfies Picks;

/** Salts come along: a certificate of these rows is a hash over forms (R15). */
export const exchangePicks = {
  ExchangeAgreed: ({ participants, topicUri }: Data<'ExchangeAgreed'>) => ({
    topicUri,
    members: participants.map(({ memberId }) => memberId),
  }),
  ExchangeHeld: ({ present }: Data<'ExchangeHeld'>) => ({ present }),
  EvaluationSubmitted: ({ memberId, role, form, salt }: Data<'EvaluationSubmitted'>) => ({ memberId, role, form: scores(form), salt }),
  EvaluationAmended: ({ memberId, role, form, salt }: Data<'EvaluationAmended'>) => ({ memberId, role, form: scores(form), salt }),
  ExchangeClosed: ({ submitted, missed }: Data<'ExchangeClosed'>) => ({ submitted, missed }),
  FollowUpDue: ({ learners, until }: Data<'FollowUpDue'>) => ({ learners, until }),
  FollowUpSubmitted: ({ memberId, usedAtWork, salt }: Data<'FollowUpSubmitted'>) => ({ memberId, usedAtWork, salt }),
  ExchangeDisputed: ({ disputeId, by }: Data<'ExchangeDisputed'>) => ({ disputeId, by }),
  DisputeSettled: ({ disputeId }: Data<'DisputeSettled'>) => ({ disputeId }),
  TrainingHoursRecorded: ({ memberId, role, minutes }: Data<'TrainingHoursRecorded'>) => ({ memberId, role, minutes }),
} satisfies Picks;

export const picks = { network: networkPicks, member: memberPicks, exchange: exchangePicks };

export type Kind = keyof typeof picks;
export type FactsByKind = { [K in Kind]: FactOf<(typeof picks)[K]> };
export type Fact<K extends Kind, Is extends FactsByKind[K]['is']> = Extract<FactsByKind[K], { is: Is }>;
export type ExchangeFact = FactsByKind['exchange'];
export type EvaluationFact = Fact<'exchange', 'EvaluationSubmitted' | 'EvaluationAmended'>;

export const factsOf = <Is extends ExchangeFact['is']>(facts: readonly ExchangeFact[], is: Is): readonly Fact<'exchange', Is>[] =>
  facts.filter((fact): fact is Fact<'exchange', Is> => fact.is === is);
