import type { RecordedEvent } from '#event-store/codec.port';
import type { ExchangeId, MatchId } from '#domain/ids';

/** R15: what was answered, and the random bits that keep a hash over it from being tried. */
const SEALED = ['form', 'salt', 'usedAtWork', 'example'];
/** §4: shown only where five persons share them. */
const OF_FEW = ['site', 'unit'];
const ABOUT_A_PERSON = ['MembershipRequested', 'MemberEnrolled', 'ProfileChanged'];

const without = (data: object, names: readonly string[]): object =>
  names.some((name) => name in data) ? Object.fromEntries(Object.entries(data).filter(([name]) => !names.includes(name))) : data;

const ofPerson = (data: object): object => {
  const told = without(data, OF_FEW);
  return 'profile' in told ? { ...told, profile: without(told.profile as object, OF_FEW) } : told;
};

/** What an event says, to an auditor: texts as references, of an answer only that it was given, of a person no code that few share. */
export const toldOf = ({ type, data }: Pick<RecordedEvent, 'type' | 'data'>): object =>
  ABOUT_A_PERSON.includes(type) ? ofPerson(data) : without(data, SEALED);

/** The exchange that is looked at. */
export interface LookedAt {
  readonly exchangeId: ExchangeId;
  readonly matchId: MatchId;
}

/** Of what a round found, and of what a retention run ended, this exchange’s part alone: the others are other people’s. */
export const toldWithin = (event: RecordedEvent, { exchangeId, matchId }: LookedAt): object => {
  if (event.type === 'MatchesFound') return { ...event.data, matches: event.data.matches.filter((found) => found.matchId === matchId) };
  if (event.type === 'RetentionApplied')
    return { ...event.data, exchangeIds: event.data.exchangeIds.filter((id) => id === exchangeId), incidentIds: [], memberIds: [] };
  return toldOf(event);
};
