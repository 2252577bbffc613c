import { useEventWords } from '../../content/event-words';
import { Id } from '../../content/id';
import { useRoleWords } from '../../content/role-words';
import { moment } from '../../i18n/format';
import type { HistoryStep, Replayed } from './replayed';
import { useReplayTexts } from './replay-texts';
import { Opened } from './timeline';

interface Root {
  readonly causationId: string;
  readonly first: HistoryStep;
  readonly steps: readonly HistoryStep[];
}

/** What nothing here caused, by what did: an act, or an event elsewhere. */
const rootsOf = (steps: readonly HistoryStep[]): readonly Root[] => {
  const here = new Set(steps.map(({ eventId }) => eventId));
  const roots = new Map<string, HistoryStep[]>();
  for (const step of steps.filter(({ causationId }) => !here.has(causationId)))
    roots.set(step.causationId, [...(roots.get(step.causationId) ?? []), step]);
  return [...roots].map(([causationId, found]) => ({ causationId, first: found[0]!, steps: found }));
};

/** Events under what made them happen; each branch opens and closes by itself. */
export const Causes = ({ steps, elsewhere }: { readonly steps: readonly HistoryStep[]; readonly elsewhere: Replayed['causes'] }) => {
  const say = useReplayTexts();
  const eventIn = useEventWords();
  const roleIn = useRoleWords();
  const titleOf = ({ causationId, first }: Root): string => {
    if (causationId === first.commandId) return say('acted-by', { role: roleIn(first.actor.role as 'member') });
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
              {root.causationId === root.first.commandId ? say('who') : say('event')}{' '}
              <Id id={root.causationId === root.first.commandId ? root.first.actor.id : root.causationId} />
            </div>
            <Branch of={root.steps} steps={steps} />
          </details>
        </li>
      ))}
    </ul>
  );
};

const Branch = ({ of, steps }: { readonly of: readonly HistoryStep[]; readonly steps: readonly HistoryStep[] }) => {
  const eventIn = useEventWords();
  return (
    <ul>
      {of.map((step) => {
        const caused = steps.filter(({ causationId }) => causationId === step.eventId);
        return (
          <li key={step.eventId}>
            <details>
              <summary>
                {step.revision + 1}. {eventIn(step.type)}
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
