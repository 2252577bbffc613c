import type { SavoirsEvent } from '#domain/catalogue';
import { createCodec } from '#event-store/codec/codec';
import type { EventToAppend, ExpectedRevision } from '#event-store/log.port';
import type { CommandId, EventId, Instant, StreamName } from '#kernel/id';
import type { MemberId, RequestId } from '#domain/ids';
import type { Participant } from '#domain/vocabulary';
import { memoryKeys } from '#keys/memory-keys';
import { eventExamples, exampleMeta } from '#testing/event-examples';

/** A match's way through the queue: its row comes, changes twice, and goes. */
const STEPS = ['MatchProposed', 'MatchOpened', 'MatchAccepted', 'MatchExpired'] as const satisfies readonly SavoirsEvent['type'][];
/** So many matches are on their way at once. */
const APART = 60;

const uuid = (kind: number, number: number): string => `0000000${kind}-0000-4000-8000-${String(number).padStart(12, '0')}`;

export interface WorkloadEvent extends EventToAppend {
  readonly stream: StreamName;
  readonly expected: ExpectedRevision;
}

const learners = (count: number): readonly Participant[] =>
  Array.from({ length: count }, (_, index) => ({
    ...{ memberId: uuid(7, index) as MemberId, role: 'learner', requestId: uuid(8, index) as RequestId },
  }));

/** Event number `n` of a long history of matches in one network, each with so many learners; none of these events has a text. */
export const workloadOf = (networkId: string, size: number): ((n: number) => Promise<WorkloadEvent>) => {
  const codec = createCodec(memoryKeys());
  const participants = [...eventExamples.MatchOpened.participants, ...learners(size)];
  return async (n) => {
    const [round, step] = [Math.floor(n / STEPS.length), n % STEPS.length];
    // step s of a round belongs to the match that was proposed s × APART rounds before
    const match = round - step * APART;
    const type = match >= 0 ? STEPS[step]! : 'MatchProposed';
    // until the first ones are on their way, the places of later steps propose further matches
    const matchId = match >= 0 ? uuid(5, match) : uuid(6 + step, round);
    const stream = `match-${matchId}` as StreamName;
    const recordedAt = new Date(Date.UTC(2026, 0, 1) + n * 1000).toISOString() as Instant;
    const ids = { eventId: uuid(3, n) as EventId, commandId: uuid(4, n) as CommandId };
    const meta = exampleMeta(n, { ...ids, stream, network: networkId, recordedAt, occurredAt: recordedAt });
    // The examples are typed by their event; a copy with other ids is the same event.
    const event = {
      type,
      data: { ...eventExamples[type], ...('participants' in eventExamples[type] ? { participants } : {}), networkId, matchId },
    } as unknown as SavoirsEvent;
    const revision = match >= 0 ? step - 1 : -1;
    return { ...(await codec.encode({ event, meta })), stream, expected: revision < 0 ? 'none' : revision };
  };
};
