import type { Progress } from '#read-store/builds/progress';
import type { Row } from '../output';

export const count = (events: number): string => events.toLocaleString('en').replaceAll(',', ' ');
export const about = ({ events, estimated }: Progress['toDo']): string => `${estimated ? '~' : ''}${count(events)}`;

export const left = ({ secondsLeft, toDo }: Progress): string => {
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
