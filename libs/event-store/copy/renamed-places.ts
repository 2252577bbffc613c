import { START, type EventLog, type Position } from '../log.port';
import { CopyRefused } from './copy-refused';
import { sameEvent } from './same-event';
import { shareOfWay } from './share';

export interface RenamedParts {
  readonly source: EventLog;
  /** A copy of the source. */
  readonly target: EventLog;
  /** Places of the source. */
  readonly places: readonly Position[];
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: { readonly events: number; readonly share: number }) => void;
}

/**
 * Where these places of one log lie in its copy: after the same event. Both are read whole and compared on the way.
 * @throws CopyRefused where they are not equal, event by event
 */
export const renamedPlaces = async ({
  source,
  target,
  places,
  signal,
  onProgress,
}: RenamedParts): Promise<ReadonlyMap<Position, Position>> => {
  const head = await source.head();
  const waiting = [...new Set(places)].sort();
  const renamed = new Map<Position, Position>();
  const others = target.readAll({ after: START })[Symbol.asyncIterator]();
  let [events, last] = [0, START];
  const pass = (before: Position): void => {
    while (waiting.length > 0 && waiting[0]! < before) renamed.set(waiting.shift()!, last);
  };
  try {
    for await (const one of source.readAll({ after: START })) {
      signal.throwIfAborted();
      pass(one.position);
      const { value: other, done } = await others.next();
      events += 1;
      if (done || !sameEvent(one, other)) throw new CopyRefused(`The logs are not equal: the first difference is at event ${events}.`);
      last = other.position;
      onProgress?.({ events, share: shareOfWay(START, one.position, head) });
    }
    if (!(await others.next()).done) throw new CopyRefused(`The logs are not equal: the first difference is at event ${events + 1}.`);
  } finally {
    await others.return?.();
  }
  for (const place of waiting) renamed.set(place, last);
  return renamed;
};
