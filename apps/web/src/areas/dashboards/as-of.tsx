import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useId, useState } from 'react';
import type { Following } from '../../api/feed';
import { Live } from '../../content/live';
import { Button, Tag } from '../../design/parts';
import { TextField } from '../../design/fields';
import { defineTexts } from '../../i18n/define-texts';
import { day } from '../../i18n/format';
import { useNetwork } from '../../session/session';
import { dayOf, endOf, monthEnds } from './days';
import { isDay, type DashboardSearch } from './dashboards-search';

const useAsOfTexts = defineTexts('as-of', {
  fr: {
    slider: 'Remonter le temps, mois par mois',
    date: 'Un jour précis',
    live: 'aujourd’hui',
    at: '{{day}} au soir',
    past: 'Au {{day}}',
    back: 'Revenir au présent',
    print: 'Imprimer',
    paper: '{{network}}, chiffres du {{day}}',
  },
  en: {
    slider: 'Go back in time, month by month',
    date: 'A given day',
    live: 'today',
    at: 'the end of {{day}}',
    past: 'As of {{day}}',
    back: 'Back to the present',
    print: 'Print',
    paper: '{{network}}, figures of {{day}}',
  },
});

const MONTHS = 24;
const SETTLED_MS = 250;

const noon = (date: string): string => `${date}T12:00:00`;

/** Of which moment the figures are: an instant for the API, nothing for the present. */
export const useAsOf = (): { readonly asOf: string | undefined; readonly day: string | undefined } => {
  const { asOf } = useSearch({ strict: false });
  const { timeZone } = useNetwork();
  return { day: asOf, asOf: asOf === undefined ? undefined : endOf(asOf, timeZone) };
};

/** Goes to any past day: a slider over months, or a date. Its value is in the address. */
export const AsOf = () => {
  const say = useAsOfTexts();
  const { day: chosen } = useAsOf();
  const navigate = useNavigate();
  const ends = monthEnds(MONTHS);
  const placeOf = (date: string | undefined): number => {
    const at = date === undefined ? -1 : ends.findIndex((end) => end >= date);
    return at === -1 ? MONTHS : at;
  };
  const id = useId();
  const [place, setPlace] = useState(placeOf(chosen));
  const [typed, setTyped] = useState(chosen ?? '');
  const go = (asOf: string | undefined): void => {
    const search = (before: DashboardSearch): DashboardSearch => {
      const { asOf: _, ...rest } = before;
      return asOf === undefined ? rest : { ...rest, asOf };
    };
    void navigate({ to: '.', search: search as never, replace: true, resetScroll: false });
  };
  const type = (date: string): void => {
    setTyped(date);
    if (isDay(date)) go(date >= dayOf(new Date()) ? undefined : date);
  };
  useEffect(() => {
    setPlace(placeOf(chosen));
    setTyped(chosen ?? '');
  }, [chosen]);
  useEffect(() => {
    if (place === placeOf(chosen)) return undefined;
    const settled = setTimeout(() => go(ends[place]), SETTLED_MS);
    return () => clearTimeout(settled);
  }, [place]);
  const shown = place === placeOf(chosen) ? chosen : ends[place];
  const said = shown === undefined ? say('live') : say('at', { day: day(noon(shown)) });
  return (
    <div className="as-of no-print">
      <div className="as-of-slider">
        <div className="row apart">
          <label htmlFor={id}>{say('slider')}</label>
          <output htmlFor={id}>
            <strong>{said}</strong>
          </output>
        </div>
        <input
          id={id}
          type="range"
          min={0}
          max={MONTHS}
          step={1}
          value={place}
          aria-valuetext={said}
          onChange={({ target }) => setPlace(Number(target.value))}
        />
      </div>
      <TextField label={say('date')} type="date" max={dayOf(new Date())} value={typed} onChange={type} />
      {chosen === undefined ? null : <Button onClick={() => go(undefined)}>{say('back')}</Button>}
    </div>
  );
};

/** Beside a title: live or of when, and the way to paper. */
export const DashboardTools = ({ following }: { readonly following: Following }) => {
  const say = useAsOfTexts();
  const { label } = useNetwork();
  const { day: chosen } = useAsOf();
  return (
    <div className="row">
      <span className="print-only">{say('paper', { network: label, day: day(noon(chosen ?? dayOf(new Date()))) })}</span>
      <span className="no-print">
        {chosen === undefined ? <Live of={following} /> : <Tag tone="warn">{say('past', { day: day(noon(chosen)) })}</Tag>}
      </span>
      <Button className="no-print" onClick={() => print()}>
        {say('print')}
      </Button>
    </div>
  );
};
