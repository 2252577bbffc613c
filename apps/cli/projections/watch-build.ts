import { setTimeout as sleep } from 'node:timers/promises';
import type { Progress } from '#read-store/builds/progress';
import type { Installation } from '../../installation/installation';
import { untilSignal } from '../../installation/run-until-signal';
import { say } from '../output';
import { createProgress } from '../progress';
import { about, count, left } from './progress-rows';

const POLL_INTERVAL_MS = 500;
/** A projector takes a new build up within a renewal of its leases. */
const TAKEN_UP_MS = 15_000;

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
