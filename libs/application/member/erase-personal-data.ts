import { streamOf } from '#domain/deciders';
import type { MemberCommand } from '#domain/member/member.commands';
import type { DataOf } from '#kernel/message';
import type { Envelope } from '../dispatch/envelope';
import { rejected, type Outcome } from '../dispatch/outcome';
import { destroyThen, type Ending, type ErasureParts } from '../erasure/destroy-texts';
import { exchangeStreamsOf } from '../erasure/exchange-streams-of';

export type EraseData = DataOf<MemberCommand, 'ErasePersonalData'>;

/**
 * The system's answer to an approved erasure, or to an entry on behalf that nobody confirmed: `PersonalDataErased` is written once all
 * that is of the member is gone. Until then it answers as done without the event, and the enrolment's process gives the order again. It
 * decides from the log and the keys alone: no read model can be late. Judged first, for a legal hold, or a confirmation in time, must
 * find the keys still there.
 */
export const createErasure =
  (parts: ErasureParts) =>
  async (data: EraseData, envelope: Envelope): Promise<Outcome> => {
    const { dispatcher } = parts;
    const order = { type: 'ErasePersonalData', data } as const;
    const answered = await dispatcher.answered(streamOf(order), envelope);
    if (answered) return answered;
    const { refusal, eventTypes } = await dispatcher.judge(order, envelope);
    if (refusal) return rejected(refusal);
    const record = (): Promise<Outcome> => dispatcher.dispatch(order, envelope);
    // Confirmed in time, or erased already: nothing to destroy.
    if (!eventTypes.includes('PersonalDataErased')) return record();
    const { memberId } = data;
    const ending = async (): Promise<Ending> => ({
      network: envelope.networkId,
      members: [memberId],
      streams: await exchangeStreamsOf(dispatcher, memberId),
    });
    return destroyThen(parts, ending, record);
  };
