import { useEventWords } from '../../content/event-words';
import { Id } from '../../content/id';
import { useRoleWords } from '../../content/role-words';
import { moment } from '../../i18n/format';
import { isAct, type HistoryStep, type Replayed } from './replayed';
import { useReplayTexts } from './replay-texts';
import { Opened } from './timeline';

interface Root {
  readonly causationId: string;
  readonly first: HistoryStep;
  readonly numbers: readonly number[];
}

/** What nothing here caused, by what did: an act, or an event elsewhere. */
const rootsOf = (steps: readonly HistoryStep[]): readonly Root[] => {
  const roots = new Map<string, number[]>();
  for (const [at, { cause, causationId }] of steps.entries())
    if (cause === null) roots.set(causationId, [...(roots.get(causationId) ?? []), at]);
  return [...roots].map(([causationId, numbers]) => ({ causationId, first: steps[numbers[0]!]!, numbers }));
};

/** Events under what made them happen; each branch opens and closes by itself. */
export const Causes = ({ steps, elsewhere }: { readonly steps: readonly HistoryStep[]; readonly elsewhere: Replayed['causes'] }) => {
  const say = useReplayTexts();
  const eventIn = useEventWords();
  const roleIn = useRoleWords();
  const titleOf = ({ causationId, first }: Root): string => {
    if (isAct(first)) return say('acted-by', { role: roleIn(first.actor.role as 'member') });
    const other = elsewhere.find(({ eventId }) => eventId === causationId);
    return other ? say('elsewhere', { event: eventIn(other.type) }) : say('unknown');
  };
  return (
    <ul className="tree">
      {rootsOf(steps).map((root) => (
        <li key={root.causationId}>
          <details open>
            <summary>
              <strong>{titleOf(root)}</strong> <span className="small soft">{moment(root.first.recordedAt)}</span>
            </summary>
            <div className="small soft by">
              {isAct(root.first) ? say('who') : say('event')} <Id id={isAct(root.first) ? root.first.actor.id : root.causationId} />
            </div>
            <Branch of={root.numbers} steps={steps} />
          </details>
        </li>
      ))}
    </ul>
  );
};

const Branch = ({ of, steps }: { readonly of: readonly number[]; readonly steps: readonly HistoryStep[] }) => {
  const eventIn = useEventWords();
  return (
    <ul>
      {of.map((number) => {
        const step = steps[number]!;
        const caused = steps.flatMap(({ cause }, at) => (cause === number ? [at] : []));
        return (
          <li key={step.eventId}>
            <details>
              <summary>
                {number + 1}. {eventIn(step.type)}
              </summary>
              <Opened step={step} />
            </details>
            {caused.length > 0 ? <Branch of={caused} steps={steps} /> : null}
          </li>
        );
      })}
    </ul>
  );
};
