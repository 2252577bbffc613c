import { useQueryClient } from '@tanstack/react-query';
import { queries } from '../../api/client';
import { useFeed } from '../../api/feed';
import { isPassing } from '../../api/problem';
import { Fault } from '../../content/fault';
import { useWords } from '../../content/words';
import { Empty, Page, Section, Waiting } from '../../design/parts';
import { defineTexts } from '../../i18n/define-texts';
import { monthOfYear, number, shortMonthOfYear } from '../../i18n/format';
import { useNetwork } from '../../session/session';
import { DashboardTools, useAsOf } from './as-of';
import { ChartFigure, type ChartOf } from './chart';
import { axis, common } from './chart-colours';
import { dayOf } from './days';

const useHoursTexts = defineTexts('network-hours', {
  fr: {
    title: 'Heures de formation',
    lead: 'Ce que le réseau a appris et transmis, mois par mois. Des heures, jamais comparées entre personnes (R4).',
    months: 'Par mois',
    'months-said': 'Heures apprises et transmises par mois, {{count}} mois. Les chiffres sont dans le tableau.',
    month: 'Mois',
    learnt: 'Appris (h)',
    given: 'Transmis (h)',
    outside: 'Dont hors temps de travail (h)',
    hidden:
      'Le mois en cours n’est pas montré : demandé un jour puis le lendemain, il dirait les heures d’une seule personne. Il paraît une fois terminé (R15).',
    empty: 'Aucun mois terminé',
    'empty-text': 'Les heures viennent des échanges qui ont eu lieu ; un mois paraît une fois terminé (R15).',
    computing: 'Le passé se recalcule depuis le journal ; cela peut prendre un moment.',
  },
  en: {
    title: 'Training hours',
    lead: 'What the network learnt and taught, month by month. Hours, never compared between people (R4).',
    months: 'By month',
    'months-said': 'Hours learnt and taught by month, {{count}} months. The numbers are in the table.',
    month: 'Month',
    learnt: 'Learnt (h)',
    given: 'Taught (h)',
    outside: 'Of these, outside working hours (h)',
    hidden:
      'The running month is not shown: asked for one day and again the next, it would tell the hours of one person. It appears once it is over (R15).',
    empty: 'No month is over yet',
    'empty-text': 'Hours come from exchanges that were held; a month appears once it is over (R15).',
    computing: 'The past is being computed again from the log; this may take a moment.',
  },
});

const HOURS = '/networks/{networkId}/training-hours/months' as const;
const MONTHS = 24;
const LONG = { tries: 60, everyMs: 2_000 };
const MINUTES = 60;

/** The first day of the month that begins the span, and its last day. */
const spanTo = (day: string | undefined): { readonly from: string; readonly to: string } => {
  const end = day === undefined ? new Date() : new Date(`${day}T12:00:00`);
  return { from: dayOf(new Date(end.getFullYear(), end.getMonth() - MONTHS, 1)), to: dayOf(end) };
};

const useMonths = () => {
  const { networkId } = useNetwork();
  const { asOf, day } = useAsOf();
  const cache = useQueryClient();
  const span = spanTo(day);
  const asked = { params: { path: { networkId }, query: asOf === undefined ? span : { ...span, asOf } } };
  const found = queries.useQuery('get', HOURS, asked, {
    placeholderData: (before) => before,
    staleTime: 0,
    // a past place is folded from the log first
    retry: (failures, fault) => failures < LONG.tries && isPassing(fault),
    retryDelay: LONG.everyMs,
  });
  const { queryKey } = queries.queryOptions('get', HOURS, asked);
  const address = `/networks/${networkId}/feeds/training-hours?from=${span.from}&to=${span.to}`;
  const following = useFeed(asOf === undefined ? address : null, () => void cache.invalidateQueries({ queryKey }));
  return { ...found, following };
};

/** The network's hours by months that are over, learners and givers apart (R15, R20). */
export const NetworkHours = () => {
  const say = useHoursTexts();
  const words = useWords();
  const { asOf } = useAsOf();
  const { data, error, isPending, isPlaceholderData, refetch, following } = useMonths();
  const months = data?.months ?? [];
  const hours = (minutes: number): string => number(minutes / MINUTES, { maximumFractionDigits: 1 });
  const columns = [say('month'), say('learnt'), say('given'), say('outside')];
  const description = say('months-said', { count: months.length });
  const chart: ChartOf = (colours) => ({
    ...common(colours, description),
    tooltip: { ...common(colours, description).tooltip, trigger: 'axis' },
    color: [colours.first, colours.second],
    grid: { left: 8, right: 16, top: 16, bottom: 40, containLabel: true },
    xAxis: { type: 'category', data: months.map(({ month }) => shortMonthOfYear(month)), ...axis(colours) },
    yAxis: { type: 'value', ...axis(colours) },
    series: [
      { type: 'bar', name: say('learnt'), data: months.map(({ learnerMinutes }) => rounded(learnerMinutes)) },
      { type: 'bar', name: say('given'), data: months.map(({ giverMinutes }) => rounded(giverMinutes)) },
    ],
  });
  const table = {
    columns,
    rows: months.map(({ month, learnerMinutes, giverMinutes, minutesOutside }) => [
      monthOfYear(month),
      hours(learnerMinutes),
      hours(giverMinutes),
      hours(minutesOutside),
    ]),
    cells: months.map(({ month, learnerMinutes, giverMinutes, minutesOutside }) => [
      month,
      rounded(learnerMinutes),
      rounded(giverMinutes),
      rounded(minutesOutside),
    ]),
  };
  return (
    <Page title={say('title')} lead={say('lead')} tools={<DashboardTools following={following} />}>
      {isPending ? <Waiting lines={6} label={words('waiting')} /> : null}
      {asOf !== undefined && (isPending || isPlaceholderData) ? <p role="status">{say('computing')}</p> : null}
      <Fault fault={error} onRetry={() => void refetch()} />
      {data && months.length === 0 ? (
        <Empty title={say('empty')}>
          <p>{say('empty-text')}</p>
        </Empty>
      ) : null}
      {months.length > 0 ? (
        <Section title={say('months')}>
          <ChartFigure title={say('months')} name="training-hours" chart={chart} table={table} />
          <p className="small soft">{say('hidden')}</p>
        </Section>
      ) : null}
    </Page>
  );
};

const rounded = (minutes: number): number => Math.round((minutes / MINUTES) * 100) / 100;
