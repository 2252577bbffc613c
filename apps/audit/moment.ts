import type { Instant, StreamName } from '#kernel/id';
import type { Position } from '#event-store/log.port';
import type { Placed } from './trail';

/** As of when an exchange is replayed: one of its own versions, a place of the log, what was recorded by a date; or the last event there is. */
export type Moment = { readonly revision: number } | { readonly position: Position } | { readonly date: Instant } | 'latest';

const isBy = (moment: Exclude<Moment, 'latest'>, { event, position }: Placed): boolean =>
  'date' in moment ? event.meta.recordedAt <= moment.date : 'position' in moment && position <= moment.position;

/** A version is the place where it was recorded: a version that is not there yet, the last place. */
const placeOf = (trail: readonly Placed[], own: StreamName, version: number): Moment => {
  const at = trail.find(({ event, revision }) => event.meta.stream === own && revision === version);
  return at ? { position: at.position } : 'latest';
};

/** The longest part of the trail from its start on that was there by then. */
export const upTo = (trail: readonly Placed[], own: StreamName, moment: Moment): readonly Placed[] => {
  const until = typeof moment === 'object' && 'revision' in moment ? placeOf(trail, own, moment.revision) : moment;
  if (until === 'latest') return trail;
  const end = trail.findIndex((placed) => !isBy(until, placed));
  return end === -1 ? trail : trail.slice(0, end);
};
