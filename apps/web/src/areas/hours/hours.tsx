import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { paths } from '../../api/generated/schema';
import { queries } from '../../api/client';
import { Fault } from '../../content/fault';
import { useWords } from '../../content/words';
import { Button, Card, Empty, Notice, Page, Scrollable, Section, Waiting } from '../../design/parts';
import { defineTexts } from '../../i18n/define-texts';
import { day, list, monthOfYear, number } from '../../i18n/format';
import { useNetwork } from '../../session/session';

const useHoursTexts = defineTexts('hours', {
  fr: {
    title: 'Mes heures de {{year}}',
    lead: 'Notées au titre de la {{label}}, d’après les échanges qui ont eu lieu. Elles ne se comparent ni ne se dépensent.',
    before: '← {{year}}',
    after: '{{year}} →',
    months: 'Par mois',
    table: 'Tableau : {{what}}',
    sessions: 'Par séance',
    month: 'Mois',
    learnt: 'Appris',
    given: 'Transmis',
    outside: 'Hors temps de travail',
    total: 'Année',
    hours: '{{hours}} h',
    date: 'Jour',
    role: 'Rôle',
    giver: 'transmis',
    learner: 'appris',
    duration: 'Durée',
    exchange: 'Échange',
    open: 'Voir, corriger',
    warned: 'Vous avez passé {{hours}} hors temps de travail cette année. Rien n’est bloqué ; parlez-en si c’est trop.',
    'outside-total': '{{hours}} hors temps de travail. On vous prévient à {{limits}}.',
    correct:
      'Une durée ou la part hors temps de travail ne convient pas ? Ouvrez l’échange et corrigez votre présence à la séance : vous seul le pouvez pour vous.',
    'nothing-title': 'Aucune heure cette année',
    nothing: 'Les heures apparaissent ici quand un échange est confirmé de part et d’autre.',
  },
  en: {
    title: 'My hours of {{year}}',
    lead: 'Recorded as {{label}}, from exchanges that were held. They are neither compared nor spent.',
    before: '← {{year}}',
    after: '{{year}} →',
    months: 'By month',
    table: 'Table: {{what}}',
    sessions: 'By session',
    month: 'Month',
    learnt: 'Learnt',
    given: 'Taught',
    outside: 'Outside working hours',
    total: 'Year',
    hours: '{{hours}} h',
    date: 'Day',
    role: 'Role',
    giver: 'taught',
    learner: 'learnt',
    duration: 'Length',
    exchange: 'Exchange',
    open: 'See, correct',
    warned: 'You spent {{hours}} outside working hours this year. Nothing is blocked; speak of it if it is too much.',
    'outside-total': '{{hours}} outside working hours. You are told at {{limits}}.',
    correct:
      'A length or the part outside working hours is not right? Open the exchange and correct your presence at the session: you alone can, for yourself.',
    'nothing-title': 'No hours this year',
    nothing: 'Hours appear here once both sides have confirmed an exchange.',
  },
});

type Hours = paths['/networks/{networkId}/training-hours/mine']['get']['responses'][200]['content']['application/json'];

const MINUTES = 60;

const useDuration = (): ((minutes: number) => string) => {
  const say = useHoursTexts();
  return (minutes) => say('hours', { hours: number(minutes / MINUTES, { maximumFractionDigits: 2 }) });
};

/** One's own hours of a year (R20): nobody's else, and no number that ranks (R4). */
export const HoursPage = () => {
  const say = useHoursTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const now = new Date().getFullYear();
  const { year = now } = useSearch({ from: '/n/$networkId/hours' });
  const navigate = useNavigate({ from: '/n/$networkId/hours' });
  const { data, error, isPending, refetch } = queries.useQuery('get', '/networks/{networkId}/training-hours/mine', {
    params: { path: { networkId }, query: { year } },
  });
  const go = (to: number): void => void navigate({ search: to === now ? {} : { year: to }, replace: true });
  return (
    <Page
      title={say('title', { year })}
      lead={data ? say('lead', { label: data.label }) : undefined}
      tools={
        <div className="row no-print">
          <Button onClick={() => go(year - 1)}>{say('before', { year: year - 1 })}</Button>
          {year < now ? <Button onClick={() => go(year + 1)}>{say('after', { year: year + 1 })}</Button> : null}
        </div>
      }
    >
      {isPending ? <Waiting label={words('waiting')} /> : null}
      <Fault fault={error} onRetry={() => void refetch()} />
      {data ? <Outside hours={data} /> : null}
      {data && data.lines.length === 0 ? (
        <Section title={say('months')}>
          <Empty title={say('nothing-title')}>
            <p>{say('nothing')}</p>
          </Empty>
        </Section>
      ) : null}
      {data && data.lines.length > 0 ? (
        <>
          <Months hours={data} />
          <Lines hours={data} />
        </>
      ) : null}
    </Page>
  );
};

const Outside = ({ hours: { outside } }: { readonly hours: Hours }) => {
  const say = useHoursTexts();
  const duration = useDuration();
  if (outside.reached.length > 0) return <Notice tone="warn">{say('warned', { hours: duration(outside.minutes) })}</Notice>;
  const limits = list(outside.warnedAt.map((hours) => say('hours', { hours: number(hours) })));
  return <p className="soft">{say('outside-total', { hours: duration(outside.minutes), limits })}</p>;
};

const Months = ({ hours: { months } }: { readonly hours: Hours }) => {
  const say = useHoursTexts();
  const duration = useDuration();
  const sum = (of: (month: Hours['months'][number]) => number): string => duration(months.reduce((total, month) => total + of(month), 0));
  return (
    <Section title={say('months')}>
      <Scrollable label={say('table', { what: say('months') })}>
        <table>
          <thead>
            <tr>
              <th scope="col">{say('month')}</th>
              <th scope="col" className="number">
                {say('learnt')}
              </th>
              <th scope="col" className="number">
                {say('given')}
              </th>
              <th scope="col" className="number">
                {say('outside')}
              </th>
            </tr>
          </thead>
          <tbody>
            {months.map(({ month, learnerMinutes, giverMinutes, minutesOutside }) => (
              <tr key={month}>
                <th scope="row">{monthOfYear(month)}</th>
                <td className="number">{duration(learnerMinutes)}</td>
                <td className="number">{duration(giverMinutes)}</td>
                <td className="number">{duration(minutesOutside)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{say('total')}</th>
              <td className="number">{sum(({ learnerMinutes }) => learnerMinutes)}</td>
              <td className="number">{sum(({ giverMinutes }) => giverMinutes)}</td>
              <td className="number">{sum(({ minutesOutside }) => minutesOutside)}</td>
            </tr>
          </tfoot>
        </table>
      </Scrollable>
    </Section>
  );
};

const Lines = ({ hours: { lines } }: { readonly hours: Hours }) => {
  const say = useHoursTexts();
  const duration = useDuration();
  const { networkId } = useNetwork();
  return (
    <Section title={say('sessions')}>
      <Scrollable label={say('table', { what: say('sessions') })}>
        <table>
          <thead>
            <tr>
              <th scope="col">{say('date')}</th>
              <th scope="col">{say('role')}</th>
              <th scope="col" className="number">
                {say('duration')}
              </th>
              <th scope="col" className="number">
                {say('outside')}
              </th>
              <th scope="col">{say('exchange')}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map(({ date, role, minutes, minutesOutside, exchangeId, sessionId }) => (
              <tr key={`${sessionId}/${role}`}>
                <th scope="row">{day(`${date}T12:00:00Z`)}</th>
                <td>{say(role)}</td>
                <td className="number">{duration(minutes)}</td>
                <td className="number">{duration(minutesOutside)}</td>
                <td>
                  <Link
                    to="/n/$networkId/exchanges/$exchangeId"
                    params={{ networkId, exchangeId }}
                    hash="sessions"
                    aria-label={`${say('open')}, ${day(`${date}T12:00:00Z`)}`}
                  >
                    {say('open')}
                  </Link>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrollable>
      <Card tone="calm">
        <p>{say('correct')}</p>
      </Card>
    </Section>
  );
};
