import { useId, useState } from 'react';
import { useEventWords } from '../../content/event-words';
import { instantOf } from '../../content/when';
import { Select, TextField } from '../../design/fields';
import { Button, Scrollable, Section } from '../../design/parts';
import { moment } from '../../i18n/format';
import { useWordsOfFields } from './field-words';
import { differing, versionBy, type ExchangeState, type HistoryStep } from './replayed';
import { useReplayTexts } from './replay-texts';
import { Value } from './value';

interface MomentProps {
  readonly steps: readonly HistoryStep[];
  /** After each step. */
  readonly states: readonly ExchangeState[];
  readonly at: number;
  readonly onMove: (at: number) => void;
}

/** The exchange as it stood after any of its events, and how that differs from another moment. */
export const Moment = ({ steps, states, at, onMove }: MomentProps) => {
  const say = useReplayTexts();
  const eventIn = useEventWords();
  const id = useId();
  const [other, setOther] = useState('');
  const [date, setDate] = useState('');
  const said = (index: number): string => {
    const { type, recordedAt } = steps[index]!;
    return say('version', { version: index + 1, event: eventIn(type), at: moment(recordedAt) });
  };
  const instant = instantOf(date);
  const known = instant === '' ? at : versionBy(steps, instant);
  const goTo = (typed: string): void => {
    setDate(typed);
    const found = versionBy(steps, instantOf(typed) || '9');
    if (typed !== '' && found >= 0) onMove(found);
  };
  const move = (to: number): void => {
    setDate('');
    onMove(Math.max(0, Math.min(steps.length - 1, to)));
  };
  const compared = other === '' ? null : Number(other);
  return (
    <Section title={say('moment')}>
      <div className="card no-print">
        <div className="stack tight">
          <label htmlFor={id}>{say('slider')}</label>
          <div className="moment">
            <Button aria-hidden="true" tabIndex={-1} onClick={() => move(at - 1)}>
              ‹
            </Button>
            <input
              id={id}
              type="range"
              min={0}
              max={steps.length - 1}
              value={at}
              aria-valuetext={said(at)}
              onChange={({ target }) => move(Number(target.value))}
            />
            <Button aria-hidden="true" tabIndex={-1} onClick={() => move(at + 1)}>
              ›
            </Button>
          </div>
          <output htmlFor={id}>{said(at)}</output>
        </div>
        <div className="columns">
          <TextField
            label={say('known')}
            hint={say('known-hint')}
            type="datetime-local"
            value={date}
            onChange={goTo}
            error={known < 0 ? say('not-yet') : undefined}
          />
          <Select
            label={say('compare')}
            any={say('compare-nothing')}
            value={other}
            onChange={setOther}
            options={steps.map((_, index) => ({ value: String(index), label: said(index) })).filter(({ value }) => value !== String(at))}
          />
        </div>
      </div>
      {compared === null || compared === at ? (
        <StateTable caption={said(at)} state={states[at]!} />
      ) : (
        <Difference from={Math.min(compared, at)} to={Math.max(compared, at)} states={states} />
      )}
      <p className="small soft">{say('sealed')}</p>
    </Section>
  );
};

const StateTable = ({ caption, state }: { readonly caption: string; readonly state: ExchangeState }) => {
  const say = useReplayTexts();
  const { name } = useWordsOfFields();
  if (Object.keys(state).length === 0) return <p role="status">{say('not-agreed')}</p>;
  return (
    <Scrollable label={caption}>
      <table className="state">
        <caption className="print-only">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{say('field')}</th>
            <th scope="col">{say('then')}</th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(state).map(([field, value]) => (
            <tr key={field}>
              <th scope="row">{name(field)}</th>
              <td>
                <Value value={value} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrollable>
  );
};

const Difference = ({ from, to, states }: { readonly from: number; readonly to: number; readonly states: readonly ExchangeState[] }) => {
  const say = useReplayTexts();
  const { name } = useWordsOfFields();
  const fields = differing(states[from]!, states[to]!);
  if (fields.length === 0) return <p role="status">{say('same')}</p>;
  return (
    <Scrollable label={say('compare')}>
      <table className="state">
        <thead>
          <tr>
            <th scope="col">{say('field')}</th>
            <th scope="col">{say('before', { version: from + 1 })}</th>
            <th scope="col">{say('after', { version: to + 1 })}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <tr key={field}>
              <th scope="row">{name(field)}</th>
              <td>
                <Value value={states[from]![field]} />
              </td>
              <td>
                <Value value={states[to]![field]} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrollable>
  );
};
