import type { SavoirsEvent } from '#domain/catalogue';
import { defaultPolicy } from '#domain/network/policy';
import type { RecordedEvent } from '#event-store/codec.port';
import type { DataOf } from '#kernel/message';
import { offerContent, requestContent } from '../content';
import { type SeededRandom, seededRandom } from '../seeded-random';
import { eventExamples } from '../event-examples';
import { people } from './risk-network';
import { storyteller, type When } from '../histories/story';

const START = Date.UTC(2024, 0, 3);
const DAY = 24 * 60 * 60_000;
/** Two years and a half: facts enter the twelve months of a figure, and leave them. */
const DAYS = 910;
export const dayOf = (day: number): string => new Date(START + day * DAY).toISOString().slice(0, 10);
export const LAST_DAY = dayOf(DAYS + 30);

interface RandomFact {
  readonly type: SavoirsEvent['type'];
  readonly data: object;
  readonly when: When & { readonly recorded: string };
}

interface Cast {
  readonly dice: SeededRandom;
  readonly members: readonly string[];
  /** How many matches, offers and requests there are to speak of. */
  readonly size: number;
  readonly exchanges: number;
}

type Act = (cast: Cast, day: number) => readonly [SavoirsEvent['type'], object, Partial<When>?];

const oneOf = <T>(dice: SeededRandom, all: readonly T[]): T => all[dice(all.length)]!;
const someone = ({ dice, members }: Cast): string => oneOf(dice, members);
const topic = ({ dice }: Cast) => ({ topic: { text: 't', uri: oneOf(dice, ['topic:a', 'topic:b', null]) } });
const exchangeOf = ({ dice, exchanges }: Cast) => ({ exchangeId: `x${dice(exchanges)}` });
const matchOf = ({ dice, size }: Cast) => ({ matchId: `match${dice(size)}` });
const requestOf = ({ dice, size }: Cast) => ({ requestId: `request${dice(size)}` });
const offerOf = ({ dice, size }: Cast) => ({ offerId: `offer${dice(size)}` });
const codes = ({ dice }: Cast) => ({ site: oneOf(dice, ['LYO', 'LIL', 'PAR']), unit: oneOf(dice, ['MAIL', 'BANK']) });
const session = ({ dice }: Cast, day: number) => ({ sessionId: `s${dice(3)}`, start: `${dayOf(day)}T09:00:00.000Z`, minutes: 60 });
/** Sometimes still to come when it is told. */
const around = ({ dice }: Cast, day: number): number => day + dice(40) - 15;

const attendees = (cast: Cast) => {
  const [giver, ...learners] = [...new Set([someone(cast), someone(cast), someone(cast)])];
  return [{ memberId: giver, role: 'giver' }, ...learners.map((memberId) => ({ memberId, role: 'learner' }))];
};
const places = (cast: Cast) =>
  attendees(cast).map((each) => (each.role === 'giver' ? { ...each, ...offerOf(cast) } : { ...each, ...requestOf(cast) }));
const presence = (cast: Cast) => ({ memberId: someone(cast), role: oneOf(cast.dice, ['giver', 'learner']), minutesOutside: 0 });

const held: Act = (cast) => {
  const participants = places(cast);
  return ['ExchangeHeld', { ...exchangeOf(cast), participants, present: participants.map(({ memberId, role }) => ({ memberId, role })) }];
};

const policyChanged: Act = (cast) => {
  const headcount = oneOf(cast.dice, [{}, { 'site:LYO': 40, 'site:LIL': 30, 'site:PAR': 20, 'unit:MAIL': 60, 'unit:BANK': 30 }]);
  const thresholds = { ...defaultPolicy.thresholds, dormancy: cast.dice(10) / 10 };
  return ['PolicyChanged', { policy: { ...defaultPolicy, headcount, thresholds } }];
};

const withMember =
  (type: SavoirsEvent['type'], more: (cast: Cast) => object = () => ({})): Act =>
  (cast) => {
    const memberId = someone(cast);
    return [type, { memberId, ...more(cast) }, { by: memberId }];
  };

const ofEntry =
  (type: SavoirsEvent['type'], idOf: (cast: Cast) => object, more: (cast: Cast) => object = () => ({})): Act =>
  (cast) => [type, { ...idOf(cast), ...more(cast) }];

const settled = ({ dice }: Cast) => ({ outcome: oneOf(dice, ['kept', 'taken-down']) });
const engaged = (cast: Cast) => ({ matchId: `match${cast.dice(3)}`, role: oneOf(cast.dice, ['giver', 'giver', 'learner']) });
const noShow = (cast: Cast) => ({ sessionId: `s${cast.dice(3)}`, memberId: oneOf(cast.dice, cast.members.slice(0, 2)) });

/** How often each comes, beside the others. No decider stands behind them: a fold takes what it is told. */
const ACTS: readonly (readonly [number, Act])[] = [
  [3, withMember('ProfileChanged', (cast) => ({ profile: codes(cast) }))],
  [2, withMember('CapacitySet', ({ dice }) => ({ capacity: 1 + dice(2) }))],
  [1, withMember('MemberSuspended')],
  [2, withMember('ReciprocityRestored')],
  [1, withMember('MemberLeft')],
  [4, withMember('EngagementReserved', engaged)],
  [2, withMember('EngagementReleased', engaged)],
  [6, withMember('OfferPublished', (cast) => ({ ...offerOf(cast), content: offerContent(topic(cast)) }))],
  [2, withMember('OfferRevised', (cast) => ({ ...offerOf(cast), content: offerContent(topic(cast)) }))],
  [1, ofEntry('OfferConfirmed', offerOf)],
  [1, ofEntry('OfferWithdrawn', offerOf)],
  [1, ofEntry('OfferContestSettled', offerOf, settled)],
  [8, withMember('RequestPublished', (cast) => ({ ...requestOf(cast), content: requestContent(topic(cast)) }))],
  [1, withMember('RequestRevised', (cast) => ({ ...requestOf(cast), content: requestContent(topic(cast)) }))],
  [2, ofEntry('RequestMatched', requestOf)],
  [1, ofEntry('RequestReopened', requestOf)],
  [1, ofEntry('RequestMet', requestOf)],
  [1, ofEntry('RequestResumed', requestOf, (cast) => ({ heldBy: cast.dice(2) === 0 ? null : matchOf(cast).matchId }))],
  [5, ofEntry('MatchProposed', matchOf)],
  [2, ofEntry('MatchOpened', matchOf, (cast) => ({ participants: places(cast) }))],
  [5, ofEntry('MatchConfirmed', matchOf)],
  [1, ofEntry('MatchSuperseded', matchOf)],
  [4, ofEntry('ConnectionPlanned', matchOf)],
  [2, ofEntry('AgreementReached', matchOf)],
  [1, ofEntry('AgreementNotReached', matchOf)],
  [8, held],
  [5, (cast, day) => ['SessionHeld', { ...exchangeOf(cast), ...session(cast, day), present: [presence(cast), presence(cast)] }]],
  [4, (cast) => ['SessionCorrected', { ...exchangeOf(cast), was: oneOf(cast.dice, [null, presence(cast)]), now: presence(cast) }]],
  [
    5,
    (cast, day) => {
      const sessions = [session(cast, around(cast, day)), session(cast, around(cast, day))];
      const agreement = { ...eventExamples.ExchangeAgreed.agreement, sessions };
      return ['ExchangeAgreed', { ...exchangeOf(cast), participants: places(cast), agreement }];
    },
  ],
  [
    4,
    (cast, day) => {
      const [from, to] = [session(cast, around(cast, day)), session(cast, around(cast, day))];
      return ['ExchangeRescheduled', { ...exchangeOf(cast), sessionId: to.sessionId, from: from.start, to }];
    },
  ],
  [2, (cast, day) => ['ExchangeCancelled', { ...exchangeOf(cast), sessions: [session(cast, around(cast, day))] }]],
  [6, (cast) => ['NoShowReported', { ...exchangeOf(cast), ...noShow(cast) }]],
  [3, (cast) => ['NoShowContested', { ...exchangeOf(cast), ...noShow(cast) }]],
  [2, (cast) => ['ExchangeDisputed', { ...exchangeOf(cast), kind: oneOf(cast.dice, ['content', 'behaviour']) }]],
  [4, (cast) => ['TrainingHoursRecorded', { ...exchangeOf(cast), minutes: 60, minutesOutside: cast.dice(60) }]],
  [2, (cast) => ['IncidentReported', { incidentId: `i${cast.dice(5)}`, kind: oneOf(cast.dice, ['confidentiality', 'content']) }]],
  [2, (cast) => ['IncidentResolved', { incidentId: `i${cast.dice(5)}` }]],
  [1, withMember('MediatorNamed')],
  [1, withMember('MediatorRemoved')],
  [1, policyChanged],
];

const DRAWN: readonly Act[] = ACTS.flatMap(([often, act]) => Array.from({ length: often }, () => act));

const enrolments = (cast: Cast): readonly RandomFact[] =>
  cast.members.map((memberId) => {
    const on = dayOf(cast.dice(200));
    return {
      type: 'MemberEnrolled',
      data: { memberId, ...codes(cast), capacity: 1 + cast.dice(2) },
      when: { on, recorded: on, by: memberId },
    };
  });

const acted = (cast: Cast): RandomFact => {
  const day = cast.dice(DAYS);
  const [type, data, when] = oneOf(cast.dice, DRAWN)(cast, day);
  const late = cast.dice(4) === 0 ? cast.dice(30) : 0;
  return { type, data, when: { on: dayOf(day), recorded: dayOf(day + late), ...when } };
};

export interface RandomSizes {
  readonly members: number;
  readonly events: number;
  /** Few of them, and much becomes of each. */
  readonly exchanges: number;
}

/** What a network of one seed recorded, in the order in which it was: all that risks are told from, in any order and number. */
export const randomNetwork = (seed: number, { members, events: count, exchanges }: RandomSizes): readonly RecordedEvent[] => {
  const cast = { dice: seededRandom(seed), members: people(members), size: Math.ceil(count / 25), exchanges };
  const all = [...enrolments(cast), ...Array.from({ length: count }, () => acted(cast))];
  const { told, events } = storyteller();
  told('NetworkOpened', { policy: defaultPolicy, timeZone: 'Europe/Paris' }, { on: '2020-01-01' });
  const inOrder = [...all].sort((one, other) => (one.when.recorded < other.when.recorded ? -1 : 1));
  // Type and data were tied together where each act was written down.
  for (const { type, data, when } of inOrder) told(type, data as Partial<DataOf<SavoirsEvent, typeof type>>, when);
  return events;
};
