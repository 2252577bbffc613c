import { Tag } from '../../design/parts';
import { dayAndTime, number } from '../../i18n/format';
import { duration, type Progress, type ListedBuild } from './projections-data';
import { useOperationTexts } from './texts';

/** The API counts a lag up to there. */
const LAG_COUNTED = 1_000;
const TONES = { current: undefined, behind: 'warn', stuck: 'bad' } as const;

/** Whether it serves, is being built, is paused, lags. */
export const StateTags = ({
  progress,
  listed,
}: {
  readonly progress: Pick<Progress, 'serves' | 'paused'>;
  readonly listed: ListedBuild | undefined;
}) => {
  const say = useOperationTexts();
  const { serves, paused } = progress;
  const tone = listed && TONES[listed.pace];
  return (
    <span className="row">
      <Tag {...(serves === 'active' ? { tone: 'accent' as const } : {})}>{say(`serves-${serves}`)}</Tag>
      {paused ? <Tag tone="warn">{say('paused')}</Tag> : null}
      {listed && !isUnderWay(progress) ? <Tag {...(tone ? { tone } : {})}>{say(`pace-${listed.pace}`)}</Tag> : null}
      {listed?.keptUntil ? <span className="small soft">{say('kept', { until: dayAndTime(listed.keptUntil) })}</span> : null}
    </span>
  );
};

export const useLag = () => {
  const say = useOperationTexts();
  return ({ lagEvents, lagMs }: ListedBuild): string => {
    if (lagEvents === 0) return say('lag-none');
    const time = lagMs < 1000 ? say('under-second') : duration(Math.round(lagMs / 1000));
    return lagEvents < LAG_COUNTED
      ? say('lag', { count: lagEvents, events: number(lagEvents), time })
      : say('lag-many', { events: number(lagEvents), time });
  };
};

/** A bar and its words: events done, to do, a second, and time left at the pace of lately. */
export const ProgressBar = ({ of }: { readonly of: Progress }) => {
  const say = useOperationTexts();
  const { name, done, toDo, eventsPerSecond, secondsLeft } = of;
  const figures = { done: number(done), left: number(toDo.events) };
  const least = secondsLeft && duration(secondsLeft.least);
  const most = secondsLeft && duration(secondsLeft.most);
  return (
    <div className="stack tight">
      <progress className="progress" max={Math.max(done + toDo.events, 1)} value={done} aria-label={say('progress', { name })} />
      <span className="small soft">
        {say(toDo.estimated ? 'done-estimated' : 'done', figures)}
        {eventsPerSecond > 0 ? ` · ${say('rate', { rate: number(eventsPerSecond) })}` : ''}
        {toDo.events === 0
          ? ''
          : ` · ${least && most ? (least === most ? say('time-left', { time: least }) : say('time-left-between', { least, most })) : say('no-pace')}`}
      </span>
    </div>
  );
};

export const isUnderWay = ({ serves }: Pick<ListedBuild, 'serves'>): boolean => serves === 'building' || serves === 'catching-up';
