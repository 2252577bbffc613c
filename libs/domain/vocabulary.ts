import type { Personal } from '#kernel/message';
import type { MemberId, OfferId, RequestId } from './ids';

export type Role =
  | 'member'
  | 'mediator'
  | 'facilitator'
  | 'network-lead'
  | 'hr'
  | 'auditor'
  | 'dashboard'
  | 'operator'
  | 'data-protection-officer'
  /** A process manager or a due time: never a person. */
  | 'system';

/** The acting person (a member id, whatever their role) or `system`. */
export interface DomainActor {
  readonly id: MemberId;
  readonly role: Role;
}

export type Language = 'fr' | 'en';
/** Level of the content, no judgement on a person. */
export type Level = 'beginner' | 'practised' | 'advanced';
export type PlaceOfExchange = 'site' | 'remote' | 'either';
export type ExchangeRole = 'giver' | 'learner';
export type HalfDay = `${'mon' | 'tue' | 'wed' | 'thu' | 'fri'}-${'am' | 'pm'}`;

/** A gate that a match may bend, in the order in which gates are passed: its people would have to agree on it. */
export type Bend = 'topic' | 'level' | 'place' | 'half-days';
export const BENDS = ['topic', 'level', 'place', 'half-days'] as const satisfies readonly Bend[];

/** Topic in the member's words, and the taxonomy's URI where they chose one. No value scale. */
export interface Topic {
  readonly text: Personal;
  readonly uri: string | null;
}

/** What an offer and a request both formalise. */
export interface Content {
  readonly wording: Personal;
  readonly topic: Topic;
  readonly level: Level;
  readonly language: Language;
  readonly place: PlaceOfExchange;
  /** Code of the site, where the exchange may take place on site. */
  readonly site: string | null;
  readonly availability: readonly HalfDay[];
  /** What its author will not have bent, whatever the policy has rounds do; left out where there is nothing. */
  readonly firm?: readonly Bend[];
  /** R14: declared professional knowledge, knowledge and not a service. */
  readonly declaredProfessional: boolean;
}

export interface OfferContent extends Content {
  /** Smallest and largest group of learners; smallest defaults to 1. */
  readonly smallestGroup: number;
  readonly largestGroup: number;
}

export interface RequestContent extends Content {
  /** The directory shows a request's author only where they chose so. */
  readonly authorShown: boolean;
}

export interface DraftedOffer {
  readonly offerId: OfferId;
  readonly content: OfferContent;
}

export interface DraftedRequest {
  readonly requestId: RequestId;
  readonly content: RequestContent;
}

export interface Profile {
  readonly name: Personal;
  readonly email: Personal;
  /** By which the training system knows them; theirs to give (§7). */
  readonly employeeNumber: Personal | null;
  /** Codes, not personal: shown only where at least five persons share them (R15). */
  readonly site: string;
  readonly unit: string;
  readonly languages: readonly Language[];
}

/** A place in a match or an exchange: each learner's names a request, each giver's an offer (R7). */
export type Participant =
  | { readonly memberId: MemberId; readonly role: 'giver'; readonly offerId: OfferId }
  | { readonly memberId: MemberId; readonly role: 'learner'; readonly requestId: RequestId };

export interface Presence {
  readonly memberId: MemberId;
  readonly role: ExchangeRole;
  /** Of the session's minutes, those outside this person's working hours (R20). */
  readonly minutesOutside: number;
}
