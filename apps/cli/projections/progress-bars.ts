import { setTimeout as sleep } from 'node:timers/promises';
import type { Progress } from '#read-store/builds/progress';
import type { Installation } from '../../installation/installation';
import { untilSignal } from '../../installation/run-until-signal';
import { say, type Row } from '../output';
import { createProgress } from '../progress';

const POLL_INTERVAL_MS = 500;
/** A projector takes a new build up within a renewal of its leases. */
const TAKEN_UP_MS = 15_000;

const count = (events: number): string => events.toLocaleString('en').replaceAll(',', ' ');
const about = ({ events, estimated }: Progress['toDo']): string => `${estimated ? '~' : ''}${count(events)}`;

const left = ({ secondsLeft, toDo }: Progress): string => {
  if (secondsLeft === null || toDo.events === 0) return '';
  const { least, most } = secondsLeft;
  return most < 120 ? `${least}–${most} s` : `${Math.round(least / 60)}–${Math.round(most / 60)} min`;
};

export const PROGRESS_COLUMNS = ['name', 'version', 'build', 'state', 'done', 'toDo', 'perSecond', 'left', 'fault'] as const;

export const progressRow = (progress: Progress): Row => ({
  name: progress.name,
  version: progress.version,
  build: progress.build,
  state: progress.paused ? `${progress.serves}, paused` : progress.serves,
  done: progress.done,
  toDo: about(progress.toDo),
  perSecond: progress.eventsPerSecond,
  left: left(progress),
  fault: progress.fault,
});

/** Those that make ready to serve. */
const underWay = ({ serves }: Progress): boolean => serves === 'building' || serves === 'catching-up';

/**
 * A bar until no build of this name is under way any more. Ctrl-C ends the watching alone: the building goes on in the projector.
 * Answers whether it was watched to the end.
 */
export const watchBuild = async ({ builds }: Pick<Installation, 'builds'>, name: string): Promise<boolean> => {
  const bar = createProgress();
  let stopped = false;
  void untilSignal().then(() => (stopped = true));
  const began = Date.now();
  try {
    for (let warned = false; !stopped; await sleep(POLL_INTERVAL_MS)) {
      const [one] = (await builds.progress(name)).filter(underWay);
      if (!one) return true;
      const whole = one.done + one.toDo.events;
      bar.show(
        whole === 0 ? 0 : one.done / whole,
        [`${count(one.done)} of ${about({ ...one.toDo, events: whole })} events`, `${one.eventsPerSecond}/s`, left(one)]
          .filter(Boolean)
          .join(' | '),
      );
      if (!warned && one.done === 0 && Date.now() - began > TAKEN_UP_MS) {
        say('Nobody has begun it yet: it waits for a projector that follows the log.');
        warned = true;
      }
    }
    return false;
  } finally {
    bar.end();
  }
};
