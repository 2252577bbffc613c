import type { StreamName } from '#kernel/id';
import { makeBundle } from '#audit/bundle/make-bundle';
import type { Bundle } from '#audit/bundle/bundle';
import type { StoredEvent } from '#event-store/log.port';
import type { Installation } from '../../installation/installation';
import { badData } from '../usage';
import { lastCheckpoint } from './tree';

/** What was answered is shown to nobody one by one (R15): evidence proves that it was given. */
const WITHHELD: ReadonlySet<string> = new Set(['EvaluationSubmitted', 'EvaluationAmended', 'FollowUpSubmitted']);

const eventsIn = async ({ log }: Installation, streams: readonly StreamName[]): Promise<readonly StoredEvent[]> => {
  const events: StoredEvent[] = [];
  for (const stream of streams) {
    const before = events.length;
    for await (const event of log.readStream(stream)) events.push(event);
    if (events.length === before) throw badData(`There is no history ${stream} in this log.`);
  }
  return events;
};

/** All events of these histories, under a checkpoint that has them all: one of now where there is no other. */
export const evidenceOf = async (installation: Installation, streams: readonly StreamName[], signal: AbortSignal): Promise<Bundle> => {
  const { tree, log } = installation;
  const events = await eventsIn(installation, streams);
  await lastCheckpoint(installation, { signal, isNew: true });
  return makeBundle({ ...tree, log, checkpoints: await tree.store.checkpoints(), withheld: WITHHELD }, events);
};
