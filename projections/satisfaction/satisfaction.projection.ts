import type { Recorded } from '#kernel/message';
import type { Projection } from '#kernel/projection';
import type { SavoirsEvent } from '#domain/catalogue';
import { type exchangePicks, type FactsByKind, type Kind, memberPicks, networkPicks, picks } from './satisfaction.facts';

type Handled = keyof typeof networkPicks | keyof typeof memberPicks | keyof typeof exchangePicks;
export type SatisfactionEvent = Extract<SavoirsEvent, { type: Handled }>;

/** The dated facts of one aggregate. Single forms lie here under opaque ids, and leave as aggregates only (R15). */
export type SatisfactionRow<K extends Kind = Kind> = {
  [Each in K]: { readonly kind: Each; readonly networkId: string; readonly id: string; readonly facts: readonly FactsByKind[Each][] };
}[K];

const kindOf = (type: Handled): Kind => {
  if (type in networkPicks) return 'network';
  return type in memberPicks ? 'member' : 'exchange';
};

// Each pick was checked against its own event's data where it was written; here it is looked up by name.
const pick = ({ type, data }: Recorded<SatisfactionEvent>): object =>
  (picks[kindOf(type)] as Record<string, (given: unknown) => object>)[type]?.(data) ?? {};

const idOf = ({ type, data }: Recorded<SatisfactionEvent>): string => String(Reflect.get(data, `${kindOf(type)}Id`));

export const satisfaction: Projection<SatisfactionEvent, SatisfactionRow> = {
  name: 'satisfaction',
  version: 2,
  handles: {
    NetworkOpened: true,
    MemberEnrolled: true,
    ProfileChanged: true,
    ReciprocityRestored: true,
    MemberSuspended: true,
    MemberLeft: true,
    PersonalDataErased: true,
    ExchangeAgreed: true,
    ExchangeHeld: true,
    EvaluationSubmitted: true,
    EvaluationAmended: true,
    ExchangeClosed: true,
    FollowUpDue: true,
    FollowUpSubmitted: true,
    ExchangeDisputed: true,
    DisputeSettled: true,
    TrainingHoursRecorded: true,
  },
  keys: (event) => [`${kindOf(event.type)}/${idOf(event)}`],
  evolve: (row, event) => {
    const { occurredAt: at, recordedAt: rec, eventId: id, network: networkId } = event.meta;
    const fact = { is: event.type, at, rec, id, ...pick(event) };
    // The kind of a row and of its facts both follow from the event's name.
    return { row: { kind: kindOf(event.type), networkId, id: idOf(event), facts: [...(row?.facts ?? []), fact] } as SatisfactionRow };
  },
};
