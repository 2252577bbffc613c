import type { StreamName } from '#kernel/id';
import type { SentCommand } from '#domain/catalogue';
import type { MatchId, MemberId } from '#domain/ids';
import type { Envelope } from '../dispatch/envelope';
import { idFrom } from '../dispatch/derived-ids';
import { multiStepCommand } from '../dispatch/multi-step-command';
import { orUnknown, rejected, type Outcome } from '../dispatch/outcome';
import {
  factsOf,
  membersOf,
  metBefore,
  proposalOf,
  type FoundSide,
  type GiverPlace,
  type LearnerPlace,
  type PairHistory,
  type Sides,
} from './proposal';
import type { Refusal } from '../dispatch/refusals';
import { streamNamed, type Dispatcher } from '../dispatch/run-decider';
import { allAvailable } from '../dispatch/membership-guards';

/** A member's own place: what they named, or what is published first. */
export interface Side<Place> {
  readonly place: Place;
  readonly publish: SentCommand | null;
}

export const others = async <Place>(found: Promise<FoundSide<Place>>): Promise<FoundSide<Side<Place>>> => {
  const place = await found;
  return 'missing' in place ? place : { found: { place: place.found, publish: null } };
};

/** R6: a member asks with an own request, and answers with an own offer. */
export const own = <Place extends { readonly memberId: MemberId }>(place: FoundSide<Place>, memberId: MemberId): FoundSide<Side<Place>> => {
  if ('missing' in place) return place;
  return place.found.memberId === memberId ? { found: { place: place.found, publish: null } } : { missing: { code: 'not-yours' } };
};

export interface Ask {
  readonly envelope: Envelope;
  /** R7: why, where the topics differ. */
  readonly reason: string | null;
  /** Read only where the ask is not a repeat: what it named may be matched by now. */
  readonly giver: () => Promise<FoundSide<Side<GiverPlace>>>;
  readonly learner: () => Promise<FoundSide<Side<LearnerPlace>>>;
}

/** A member asks for an offer, or answers a request: their own side is published first where it is new, then the match is proposed. */
export const proposeForMember = (
  dispatcher: Dispatcher,
  history: PairHistory,
  { envelope, reason, giver, learner }: Ask,
): Promise<Outcome> =>
  orUnknown(envelope.commandId, async () => {
    const answered = await dispatcher.answered(matchStreamOf(envelope), envelope);
    if (answered) return answered;
    const [giving, learning] = [await giver(), await learner()];
    if ('missing' in giving) return rejected(giving.missing);
    if ('missing' in learning) return rejected(learning.missing);
    const sides: Sides = { givers: [giving.found.place], learners: [learning.found.place] };
    const origin = { kind: 'member', by: envelope.by.id } as const;
    const { networkId, commandId } = envelope;
    const [past, facts] = await Promise.all([metBefore(history, networkId, sides), factsOf(history, networkId, sides)]);
    const order = { type: 'ProposeMatch', data: proposalOf(sides, { commandId, origin, metBefore: past, facts, reason }) } as const;
    const guard = allAvailable(dispatcher, membersOf(sides));
    // A proposal that would be refused must not leave a request or an offer published for nothing.
    const { refusal } = await dispatcher.judge(order, envelope, guard);
    const discreet = hidesSomebody(sides, envelope.by.id) ? untold : asItIs;
    if (refusal) return rejected(discreet(refusal));
    const publishing = [giving.found.publish, learning.found.publish].flatMap((publish) => (publish ? [{ order: publish, guard }] : []));
    const outcome = await multiStepCommand(dispatcher, envelope, { first: publishing, last: { order, guard } });
    return outcome.outcome === 'rejected' ? rejected(discreet(outcome.refusal)) : outcome;
  });

/** §7: the author of the request that is answered chose not to be shown, and accepts by no ask of another. */
const hidesSomebody = ({ learners }: Sides, asker: MemberId): boolean =>
  learners.some(({ memberId, content }) => memberId !== asker && !content.authorShown);

const asItIs = (refusal: Refusal): Refusal => refusal;

/** Who knows with whom they are kept apart would know who it is: to them, the author is not available. */
const untold = (refusal: Refusal): Refusal => (refusal.code === 'pair-forbidden' ? { code: 'participant-not-available' } : refusal);

const matchStreamOf = ({ commandId }: Envelope): StreamName => streamNamed('match', idFrom<MatchId>(commandId, 'match'));
