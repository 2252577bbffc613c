import { seededRandom } from '#apps/demo/seeded-random';
import type { SavoirsEvent } from '#domain/catalogue';
import { createCodec } from '#event-store/codec/codec';
import type { EventToAppend } from '#event-store/log.port';
import type { Instant, StreamName } from '#kernel/id';
import type { DataOf } from '#kernel/message';
import { memoryKeys } from '#keys/memory-keys';
import type { AnyReadModel } from '#read-store/read-model';
import { daysModel, hoursModel } from '#read-store/testing/hours-log';
import { eventExamples, exampleMeta } from '#testing/event-examples';
import type { Schedule } from './schedule';

export const models = [daysModel, hoursModel] as readonly AnyReadModel[];

export const codec = createCodec(memoryKeys());

type Hours = DataOf<SavoirsEvent, 'TrainingHoursRecorded'>;

interface Written {
  readonly stream: StreamName;
  readonly events: readonly EventToAppend[];
}

/** The appends of one schedule: hours of few members, releases that delete their rows, and what no read model takes. */
export const historyOf = async ({ seed, appends, members }: Schedule): Promise<readonly Written[]> => {
  const chance = seededRandom(seed, 'history');
  const written: Written[] = [];
  let number = 0;
  for (const [n, count] of appends.entries()) {
    const stream = `exchange-${n}` as StreamName;
    const events: EventToAppend[] = [];
    for (let k = 0; k < count; k += 1) {
      number += 1;
      const memberId = `member-${chance.whole(1, members)}` as Hours['memberId'];
      const type = chance.weighed<SavoirsEvent['type']>([
        [8, 'TrainingHoursRecorded'],
        [1.5, 'EngagementReleased'],
        [1, 'MemberResumed'],
      ]);
      const recordedAt = new Date(Date.UTC(2026, 0, 1) + number * 1000).toISOString() as Instant;
      const hours = { sessionId: `session-${number}`, date: `2026-01-0${chance.whole(1, 4)}`, minutes: chance.whole(1, 240) };
      const data = { ...eventExamples[type], memberId, ...(type === 'TrainingHoursRecorded' ? hours : {}) };
      // The example of its type, with some of that type's own fields.
      const event = { type, data } as SavoirsEvent;
      events.push(await codec.encode({ event, meta: exampleMeta(number, { stream, recordedAt }) }));
    }
    written.push({ stream, events });
  }
  return written;
};
