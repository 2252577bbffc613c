import { useEventWords } from '../../content/event-words';
import { Id } from '../../content/id';
import { useRoleWords } from '../../content/role-words';
import { moment } from '../../i18n/format';
import { EventRows } from './event-rows';
import { useWordsOfFields } from './field-words';
import type { HistoryStep, Replayed } from './replayed';
import { useReplayTexts } from './replay-texts';
import { Fields } from './value';

/** A minute later is the same moment to a reader. */
const SAME_MS = 60_000;
const isLater = ({ occurredAt, recordedAt }: HistoryStep): boolean => Date.parse(recordedAt) - Date.parse(occurredAt) > SAME_MS;

const REASONS = ['reason', 'outcome', 'kind'];

interface Events {
  readonly steps: readonly HistoryStep[];
  /** Of other histories, that made something happen here. */
  readonly elsewhere: Replayed['causes'];
}

/** Why something happened: in the words of whoever decided it, and what it follows from. */
const useWhy = ({ steps, elsewhere }: Events): ((step: HistoryStep) => string) => {
  const say = useReplayTexts();
  const eventIn = useEventWords();
  const { code } = useWordsOfFields();
  const causeOf = ({ causationId, commandId }: HistoryStep): string => {
    if (causationId === commandId) return say('act');
    const here = steps.find(({ eventId }) => eventId === causationId);
    if (here) return say('follows', { number: here.revision + 1, event: eventIn(here.type) });
    const other = elsewhere.find(({ eventId }) => eventId === causationId);
    return other ? say('follows-elsewhere', { event: eventIn(other.type) }) : say('follows-unknown');
  };
  return (step) => {
    const reasons = REASONS.map((field) => step.data[field]).filter((value) => typeof value === 'string');
    const policy = step.policyVersion === null ? [] : [say('policy', { version: step.policyVersion })];
    return [...reasons.map((reason) => code(reason as string)), causeOf(step), ...policy].join(' · ');
  };
};

export const Timeline = (events: Events) => {
  const say = useReplayTexts();
  const eventIn = useEventWords();
  const roleIn = useRoleWords();
  const whyOf = useWhy(events);
  return (
    <EventRows label={say('timeline')} columns={[say('who'), say('why')]}>
      {events.steps.map((step) => (
        <tr key={step.eventId}>
          <td className="number">{step.revision + 1}</td>
          <td>
            <details>
              <summary>{eventIn(step.type)}</summary>
              <Opened step={step} />
            </details>
          </td>
          <td>
            <time dateTime={step.occurredAt}>{moment(step.occurredAt)}</time>
            {isLater(step) ? <div className="small soft">{say('recorded', { at: moment(step.recordedAt) })}</div> : null}
          </td>
          <td>
            {roleIn(step.actor.role as 'member')} {step.actor.role === 'system' ? null : <Id id={step.actor.id} />}
          </td>
          <td>{whyOf(step)}</td>
        </tr>
      ))}
    </EventRows>
  );
};

/** All that one event says, in place. */
export const Opened = ({ step }: { readonly step: HistoryStep }) => {
  const say = useReplayTexts();
  const { eventId, type, commandId, correlationId, causationId, data } = step;
  const { exchangeId: _, networkId: __, ...told } = data;
  return (
    <div className="stack tight opened">
      <Fields of={told} />
      <dl className="values small soft">
        {(
          [
            ['event', eventId],
            ['command', commandId],
            ['cause', causationId],
            ['correlation', correlationId],
          ] as const
        ).map(([label, id]) => (
          <div key={label}>
            <dt>{say(label)}</dt>
            <dd>
              <Id id={id} /> {label === 'event' ? <code>{type}</code> : null}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
};
