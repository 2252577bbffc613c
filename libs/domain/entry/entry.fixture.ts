import { now, type Circumstances } from '#testing/commands';
import { lyon, networkFacts } from '#testing/network-facts';
import { ana, asFacilitator, asMember, cleo, fay, system } from '#testing/people';
import { specifying } from '#testing/given-when-then';
import type { Decider, Refusal } from '#kernel/decider';
import type { Instant } from '#kernel/id';
import { addDays, addMonths } from '../calendar';
import type { SavoirsCommand } from '../catalogue';
import type { OfferCommand } from '../offer/offer.commands';
import type { OfferEvent } from '../offer/offer.events';
import type { OfferContent, RequestContent } from '../vocabulary';

type Neutral<Name extends string> = Name extends `${infer Before}Offer${infer After}` ? `${Before}Entry${After}` : never;

/** `PublishEntry` is PublishOffer or PublishRequest. */
export type EntryCommandName = Neutral<OfferCommand['type']>;
/** `EntryPublished` is OfferPublished or RequestPublished. */
export type EntryEventName = Neutral<OfferEvent['type']>;

/** An event of an entry, by what the contract looks at. */
export interface EntryEvent {
  readonly type: string;
  readonly data: { readonly memberId: string; readonly networkId: string; readonly content?: { readonly declaredProfessional: boolean } };
}
export type EntryDecider = Decider<{ readonly status: string }, SavoirsCommand, EntryEvent, Refusal>;
export type EntryContent = OfferContent | RequestContent;

export interface EntryKind {
  readonly noun: 'offer' | 'request';
  readonly decider: unknown;
  readonly content: (changes?: Partial<OfferContent & RequestContent>) => EntryContent;
  /** What the event of a resumption says besides. */
  readonly resumed?: object;
}

/** The commands that need no more than their author. */
export const authorsWord = ['ConfirmEntry', 'PauseEntry', 'ResumeEntry', 'WithdrawEntry'] as const satisfies readonly EntryCommandName[];

export const reviewDueAt = addMonths(now, 12);
export const lapseAt = addDays(reviewDueAt, 30);

/** An offer and a request are published, reviewed, paused, contested and ended by the same rules: one vocabulary for both. */
export const entryWords = ({ noun, decider, content: contentOf, resumed = {} }: EntryKind) => {
  const nameOf = (name: EntryCommandName | EntryEventName) => name.replace('Entry', noun === 'offer' ? 'Offer' : 'Request');
  const target = { [`${noun}Id`]: `${noun}-of-ana` };
  const fact = (name: EntryEventName, data: object = {}): EntryEvent => ({
    type: nameOf(name),
    data: { ...target, memberId: ana, networkId: lyon, ...data },
  });
  const order = (
    name: EntryCommandName,
    data: object = {},
    by = asMember(ana),
    { at = now, network = networkFacts() }: Circumstances = {},
  ): SavoirsCommand => ({ type: nameOf(name), data: { ...target, ...data }, by, at, network }) as unknown as SavoirsCommand;
  const content = contentOf();
  const other = contentOf({ level: 'advanced' });
  const undeclared = contentOf({ declaredProfessional: false });
  const theDecider = decider as EntryDecider;
  return {
    ...{ noun, decider: theDecider, nameOf, target, fact, order, contentOf, content, other, undeclared },
    entry: specifying(theDecider),
    drafted: fact('EntryDrafted', { content }),
    draftedUndeclared: fact('EntryDrafted', { content: undeclared }),
    published: fact('EntryPublished', { content, reviewDueAt }),
    reviewDue: fact('EntryReviewDue', { lapseAt }),
    confirmed: (due: Instant) => fact('EntryConfirmed', { reviewDueAt: due }),
    paused: fact('EntryPaused'),
    resumed: (due: Instant) => fact('EntryResumed', { reviewDueAt: due, ...resumed }),
    withdrawn: fact('EntryWithdrawn'),
    lapsed: fact('EntryLapsed'),
    contested: (by = cleo) => fact('EntryContested', { by, kind: 'a-service', text: 'C’est un service', settleBy: addDays(now, 10) }),
    settled: (outcome: 'kept' | 'taken-down') => fact('EntryContestSettled', { by: fay, outcome, text: 'Vu ensemble' }),
    draft: (by = asMember(ana), given = content) => order('DraftEntry', { memberId: ana, content: given }, by),
    publish: (given: EntryContent | null = content, by = asMember(ana), memberId = ana) =>
      order('PublishEntry', { memberId, content: given }, by),
    revise: (to = other, by = asMember(ana)) => order('ReviseEntry', { content: to }, by),
    contest: (by = asMember(cleo)) => order('ContestEntry', { kind: 'a-service', text: 'C’est un service' }, by),
    settle: (outcome: 'kept' | 'taken-down', by = asFacilitator()) => order('SettleEntryContest', { outcome, text: 'Vu ensemble' }, by),
    callReview: (window: Instant, at: Instant = window, by = system) => order('CallEntryReview', { reviewDueAt: window }, by, { at }),
    lapse: (window: Instant, at: Instant = window, by = system) => order('LapseEntry', { lapseAt: window }, by, { at }),
  };
};
