import { eventSchemas } from '#event-store/codec/schemas';
import { eachPersonal } from '#event-store/codec/personal-fields';
import { versionsOf } from '#event-store/codec/versions';
import { applied } from '#testing/networks/member-facts';
import { command, now } from '#testing/commands';
import { eventExamples } from '#testing/event-examples';
import { acting, ana, system } from '#testing/people';
import type { Decider, Refusal } from '#kernel/decider';
import type { Instant } from '#kernel/id';
import { addDays } from './calendar';
import type { Category, SavoirsCommand, SavoirsEvent, SentCommand } from './catalogue';
import { deciders, streamOf } from './deciders';
import { everySaying, sayings, unsaid, type Heard } from './sayings.fixture';
import type { Role } from './vocabulary';

type AnyDecider = Decider<unknown, SavoirsCommand, SavoirsEvent, Refusal>;

const streamed = (asked: SavoirsCommand): string => streamOf(asked as SentCommand);
// The category ties state, command and event together.
const deciderOf = (asked: SavoirsCommand) => deciders[streamed(asked).split('-')[0] as Category] as unknown as AnyDecider;

type AsRead = (event: SavoirsEvent, index: number) => SavoirsEvent;
const inClear: AsRead = (event) => event;
/** R19: as a decider gets it from the log, a reference in the place of each text. */
const fromTheLog: AsRead = (event, index) => {
  const read = structuredClone(event);
  const [present] = versionsOf(eventSchemas[event.type]).slice(-1);
  eachPersonal(present?.personal ?? [], read.data, ({ holder, key, path }) => {
    if (typeof holder[key] === 'string') holder[key] = { ref: `event-${index}#${path}` };
  });
  return read;
};

/** What somebody said first, and where that leaves things. */
const heard = ({ first, given, meanwhile }: Heard, asRead: AsRead) => {
  const decider = deciderOf(first);
  const before = given.map(asRead).reduce(decider.evolve, decider.initial);
  const decision = decider.decide(first, before);
  const written = decision.kind === 'accepted' ? decision.events : [];
  const told = [...written, ...meanwhile].map((event, index) => asRead(event, given.length + index));
  const holdsTexts = written.some((event, index) => JSON.stringify(event) !== JSON.stringify(fromTheLog(event, index)));
  return { decision, written, holdsTexts, state: told.reduce(decider.evolve, before) };
};

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
/** Words of which there are two. */
const contraries: ReadonlyMap<string, string> = new Map(
  [
    ['held', 'not-held'],
    ['kept', 'taken-down'],
    ['goes-on', 'closed'],
    ['audit', 'identity'],
  ].flatMap(([one = '', other = '']) => [
    [one, other],
    [other, one],
  ]),
);

const another = (value: unknown): unknown => {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + 1;
  if (typeof value !== 'string') return 'something after all';
  return INSTANT.test(value) ? addDays(value as Instant, 1) : (contraries.get(value) ?? `${value} otherwise`);
};

/** The same said otherwise in one place each, by the path of that place. */
const otherwise = (value: unknown, path = ''): readonly (readonly [path: string, value: unknown])[] => {
  if (typeof value !== 'object' || value === null) return [[path, another(value)]];
  return Object.entries(value).flatMap(([key, part]) =>
    otherwise(part, path === '' ? key : `${path}.${key}`).map(([place, changed]) => {
      const whole = Array.isArray(value) ? Object.assign([...(value as unknown[])], { [key]: changed }) : { ...value, [key]: changed };
      return [place, whole] as const;
    }),
  );
};

const isUnsaid = ({ type }: SavoirsCommand, path: string): boolean =>
  (unsaid[type] ?? []).some((part) => path === part || path.startsWith(`${part}.`));

/** The parts of it, by path, that would be dropped without a word where it is said again with one of them changed. */
const swallowed = (first: SavoirsCommand, state: unknown): readonly string[] =>
  otherwise(first.data)
    .map(([path, data]) => [path, { ...first, data } as SavoirsCommand] as const)
    .filter(([path, second]) => !isUnsaid(first, path) && streamed(second) === streamed(first))
    .filter(([, second]) => isNothing(deciderOf(first).decide(second, state)))
    .map(([path]) => path);

const isNothing = (decision: ReturnType<AnyDecider['decide']>): boolean => decision.kind === 'accepted' && decision.events.length === 0;
const isLedger = (type: SavoirsCommand['type']): boolean => ['RecordAccess', 'RecordOperation'].includes(type);

describe('a second command, under another id', () => {
  it.each(everySaying)('%s: said otherwise it is refused or recorded, never dropped (R22, case 11)', (_, saying) => {
    const { first } = saying;
    for (const asRead of [inClear, fromTheLog]) {
      const { decision, written, state } = heard(saying, asRead);
      expect({ ...decision, written: written.length > 0 }).toMatchObject({ kind: 'accepted', written: true });
      expect(swallowed(first, state)).toEqual([]);
    }
  });

  it.each(everySaying.filter(([, { first }]) => !isLedger(first.type)))(
    '%s: said once more it writes nothing, unless it holds a text that nobody can compare (R22, case 11)',
    (_, saying) => {
      const { first } = saying;
      const again = (asRead: AsRead): boolean => isNothing(deciderOf(first).decide(first, heard(saying, asRead).state));
      expect(again(inClear)).toBe(true);
      expect(again(fromTheLog)).toBe(!heard(saying, fromTheLog).holdsTexts);
    },
  );

  it.each(everySaying.filter(([, { first }]) => ['DeclineMatch', 'DropOut', 'GiveUpAgreement'].includes(first.type)))(
    '%s: what a process asks for another reason afterwards is done already (R22, case 11)',
    (_, saying) => {
      const { first } = saying;
      const second = { ...first, by: system, data: { ...first.data, reason: 'left' } } as SavoirsCommand;
      expect(isNothing(deciderOf(first).decide(second, heard(saying, fromTheLog).state))).toBe(true);
    },
  );

  it('is heard from nobody where only processes and due times ask (R22, case 11)', () => {
    const silent = Object.entries(sayings).flatMap(([type, said]) => (said.length === 0 ? [type as SavoirsCommand['type']] : []));
    const roles: readonly Role[] = ['member', 'mediator', 'facilitator', 'network-lead', 'data-protection-officer', 'operator'];
    const ids = { memberId: 'ana', offerId: 'offer-of-ana', requestId: 'request-of-bo', matchId: 'match-1', exchangeId: 'exchange-1' };
    const begun = [applied(), ...(['OfferPublished', 'RequestPublished', 'MatchProposed', 'ExchangeAgreed'] as const).map(beginning)];
    for (const type of silent)
      for (const role of roles) {
        const asked = command(type, ids as never, acting(ana, role), { at: now });
        const decider = deciderOf(asked);
        const states = begun.map((event) => [event].reduce(decider.evolve, decider.initial));
        const codes = states.map((state) => decider.decide(asked, state)).map((d) => (d.kind === 'refused' ? d.refusal.code : 'granted'));
        expect([type, codes]).toEqual([type, expect.arrayContaining(['not-allowed'])]);
        expect([type, codes]).not.toEqual([type, expect.arrayContaining(['granted'])]);
      }
  });
});

const beginning = (type: SavoirsEvent['type']): SavoirsEvent => ({ type, data: eventExamples[type] }) as SavoirsEvent;
