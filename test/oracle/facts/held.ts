import type { ExchangeId, MemberId } from '#domain/ids';
import type { Attendee } from '#domain/exchange/exchange.events';
import type { ExchangeRole } from '#domain/vocabulary';
import { ofType, windowAt, within, type Fact, type FactOf, type Question } from './question';
import { distinct } from './sets';

/** One E: an exchange that was held, with who was there. */
export interface Held {
  readonly exchangeId: ExchangeId;
  readonly fact: FactOf<'ExchangeHeld'>;
  readonly present: readonly Attendee[];
  /** What tells that it was held, and who was there. */
  readonly evidence: readonly Fact[];
}

type Presences = FactOf<'SessionHeld' | 'SessionCorrected'>;

const presencesOf = (facts: readonly Fact[], exchangeId: ExchangeId): readonly Presences[] =>
  ofType(facts, 'SessionHeld', 'SessionCorrected').filter(({ data }) => data.exchangeId === exchangeId);

/** Who was there at one session: those whom its report names, then as each one corrected their own presence (R12). */
const presentAt = (reports: readonly Presences[]): readonly Attendee[] =>
  reports.reduce<readonly Attendee[]>((present, { type, data }) => {
    if (type === 'SessionHeld') return [...present, ...data.present];
    const others = present.filter(({ memberId }) => memberId !== data.memberId);
    return data.now ? [...others, data.now] : others;
  }, []);

/** Once a person and role, whatever the number of sessions. */
const attendeesOf = (reports: readonly Presences[]): readonly Attendee[] => {
  const sessions = distinct(reports.map(({ data }) => data.sessionId));
  const all = sessions.flatMap((sessionId) => presentAt(reports.filter(({ data }) => data.sessionId === sessionId)));
  return all
    .map(({ memberId, role }) => ({ memberId, role }))
    .filter((one, index, list) => list.findIndex(({ memberId, role }) => memberId === one.memberId && role === one.role) === index);
};

/** Who was there is known from the event itself, and from the sessions where somebody corrected it afterwards. */
const heldBy = (facts: readonly Fact[], fact: FactOf<'ExchangeHeld'>): Held => {
  const { exchangeId, present } = fact.data;
  const after = presencesOf(facts.slice(facts.indexOf(fact)), exchangeId);
  if (after.length === 0) return { exchangeId, fact, present, evidence: [fact] };
  const reports = presencesOf(facts, exchangeId);
  return { exchangeId, fact, present: attendeesOf(reports), evidence: [fact, ...reports] };
};

/** Of all time. */
export const heldEver = ({ facts }: Pick<Question, 'facts'>): readonly Held[] =>
  ofType(facts, 'ExchangeHeld').map((fact) => heldBy(facts, fact));

/** E: those of T. */
export const heldInWindow = ({ facts, at }: Question): readonly Held[] =>
  within(ofType(facts, 'ExchangeHeld'), windowAt(at)).map((fact) => heldBy(facts, fact));

export const membersIn = (held: Held, role: ExchangeRole): readonly MemberId[] =>
  held.present.filter((one) => one.role === role).map(({ memberId }) => memberId);

/** g or r of a member. */
export const countOf = (held: readonly Held[], memberId: MemberId, role: ExchangeRole): number =>
  held.filter((one) => membersIn(one, role).includes(memberId)).length;

export const attendanceFacts = (held: readonly Held[]): readonly Fact[] => held.flatMap(({ evidence }) => evidence);
/** Where only their number counts. */
export const holdingFacts = (held: readonly Held[]): readonly Fact[] => held.map(({ fact }) => fact);
export const attendees = (held: readonly Held[]): readonly MemberId[] =>
  distinct(held.flatMap(({ present }) => present.map(({ memberId }) => memberId)));
