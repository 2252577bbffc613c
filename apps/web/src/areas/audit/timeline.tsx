import { useEventWords } from '../../content/event-words';
import { Id } from '../../content/id';
import { useRoleWords } from '../../content/role-words';
import { moment, number } from '../../i18n/format';
import { EventRows } from './event-rows';
import { useWordsOfFields } from './field-words';
import { History } from './history';
import { isAct, type HistoryStep, type Replayed } from './replayed';
import { useReplayTexts } from './replay-texts';
import { Fields } from './value';

/** A minute later is the same moment to a reader. */
const SAME_MS = 60_000;
const isLater = ({ occurredAt, recordedAt }: HistoryStep): boolean => Date.parse(recordedAt) - Date.parse(occurredAt) > SAME_MS;

interface Events {
  readonly steps: readonly HistoryStep[];
  /** Of other histories, that made something happen here. */
  readonly elsewhere: Replayed['causes'];
}

/** Why something happened: in the words of whoever decided it, what it follows from, which windows it opened. */
const useWhy = ({ steps, elsewhere }: Events): ((step: HistoryStep) => string) => {
  const say = useReplayTexts();
  const eventIn = useEventWords();
  const { code, name } = useWordsOfFields();
  const causeOf = (step: HistoryStep): string => {
    if (step.cause !== null) return say('follows', { number: step.cause + 1, event: eventIn(steps[step.cause]!.type) });
    if (isAct(step)) return say('act');
    const other = elsewhere.find(({ eventId }) => eventId === step.causationId);
    return other ? say('follows-elsewhere', { event: eventIn(other.type) }) : say('follows-unknown');
  };
  return (step) => {
    const { reasons, policyVersion, deadlines, score } = step.why;
    return [
      ...reasons.map(code),
      causeOf(step),
      ...(policyVersion === null ? [] : [say('policy', { version: policyVersion })]),
      ...(score?.['total'] === undefined ? [] : [say('scored', { score: number(score['total']) })]),
      ...Object.entries(deadlines).map(([field, at]) => `${name(field)} ${moment(at)}`),
    ].join(' · ');
  };
};

export const Timeline = (events: Events) => {
  const say = useReplayTexts();
  const eventIn = useEventWords();
  const roleIn = useRoleWords();
  const whyOf = useWhy(events);
  return (
    <EventRows label={say('timeline')} columns={[say('history'), say('who'), say('why')]}>
      {events.steps.map((step, at) => (
        <tr key={step.eventId}>
          <td className="number">{at + 1}</td>
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
            <History of={step.stream} />
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
