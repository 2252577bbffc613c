import { Link, useSearch } from '@tanstack/react-router';
import { Fault } from '../../content/fault';
import { useWords } from '../../content/words';
import { Empty, Page, Section, Tag, Waiting } from '../../design/parts';
import { defineTexts } from '../../i18n/define-texts';
import { number } from '../../i18n/format';
import { useNetwork } from '../../session/session';
import { DashboardTools } from './as-of';
import { ChartFigure, FigureFiles, FigureTable, type ChartOf } from './chart';
import { axis, common } from './chart-colours';
import { share, useFigureWords } from './figure-words';
import type { Indicator, RiskFigure } from './indicators';
import { useRiskTexts } from './risk-texts';
import { useRisk } from './use-risk';

const useFlowTexts = defineTexts('flow', {
  fr: {
    title: 'Parcours et réciprocité',
    lead: 'Ce que deviennent les propositions des douze derniers mois, et comment apprendre et transmettre s’équilibrent.',
    funnel: 'De la proposition à l’échange',
    'funnel-said': 'Appariements proposés, confirmés, contrats et échanges tenus. Les chiffres sont dans le tableau.',
    step: 'Étape',
    count: 'Nombre',
    of: 'De l’étape d’avant',
    proposed: 'Proposés',
    confirmed: 'Confirmés',
    agreed: 'Contrats',
    held: 'Échanges tenus',
    counted: 'Chaque étape compte ses propres événements sur douze mois : un échange tenu peut venir d’un contrat plus ancien.',
    'funnel-none': 'Aucune proposition en douze mois',
    'funnel-none-text': 'Un tour d’appariement en fait ; demandez-en un à qui anime le réseau.',
    reciprocity: 'Réciprocité',
    'reciprocity-text': 'Un déséquilibre ne bloque jamais un échange (R3), et aucun chiffre ne range les personnes (R4).',
    alert: 'alerte',
  },
  en: {
    title: 'Funnel and reciprocity',
    lead: 'What becomes of the proposals of the last twelve months, and how learning and teaching balance.',
    funnel: 'From proposal to exchange',
    'funnel-said': 'Matches proposed, confirmed, agreed, and exchanges held. The numbers are in the table.',
    step: 'Step',
    count: 'Number',
    of: 'Of the step before',
    proposed: 'Proposed',
    confirmed: 'Confirmed',
    agreed: 'Agreed',
    held: 'Held',
    counted: 'Each step counts its own events over twelve months: an exchange held may come from an older agreement.',
    'funnel-none': 'No proposal in twelve months',
    'funnel-none-text': 'A matching round makes some; ask a facilitator for one.',
    reciprocity: 'Reciprocity',
    'reciprocity-text': 'An imbalance never blocks an exchange (R3), and no figure puts people in an order (R4).',
    alert: 'alert',
  },
});

const RECIPROCITY: readonly Indicator[] = ['imbalance', 'reciprocityDebtDays', 'giftGini', 'topGiversShare'];

/** The way from a proposal to an exchange, and whether people give as they receive. */
export const Flow = () => {
  const say = useFlowTexts();
  const words = useWords();
  const { data, error, isPending, refetch, following } = useRisk();
  return (
    <Page title={say('title')} lead={say('lead')} tools={<DashboardTools following={following} />}>
      {isPending ? <Waiting lines={6} label={words('waiting')} /> : null}
      <Fault fault={error} onRetry={() => void refetch()} />
      {data ? (
        <>
          <Funnel figures={data.figures} />
          <Reciprocity figures={data.figures} />
        </>
      ) : null}
    </Page>
  );
};

interface FiguresProps {
  readonly figures: readonly RiskFigure[];
}

const Funnel = ({ figures }: FiguresProps) => {
  const say = useFlowTexts();
  const of = (indicator: Indicator) => figures.find((figure) => figure.indicator === indicator);
  const [confirmed, agreed, held] = [of('funnelConfirmed'), of('funnelAgreed'), of('funnelHeld')];
  const steps = [
    { name: say('proposed'), count: confirmed?.denominator ?? 0, rate: null },
    { name: say('confirmed'), count: confirmed?.numerator ?? 0, rate: confirmed?.value ?? null },
    { name: say('agreed'), count: agreed?.numerator ?? 0, rate: agreed?.value ?? null },
    { name: say('held'), count: held?.numerator ?? 0, rate: held?.value ?? null },
  ];
  const chart: ChartOf = (colours) => ({
    ...common(colours, say('funnel-said')),
    tooltip: { show: false },
    grid: { left: 8, right: 48, top: 8, bottom: 8, containLabel: true },
    xAxis: { type: 'value', ...axis(colours) },
    yAxis: { type: 'category', inverse: true, data: steps.map(({ name }) => name), ...axis(colours) },
    series: [
      {
        type: 'bar',
        barMaxWidth: 44,
        itemStyle: { color: colours.first },
        label: { show: true, position: 'right', color: colours.ink, formatter: ({ value }: { value: number }) => number(value) },
        data: steps.map(({ count }) => count),
      },
    ],
  });
  const table = {
    columns: [say('step'), say('count'), say('of')],
    rows: steps.map(({ name, count, rate }) => [name, number(count), rate === null ? '' : share(rate)]),
    cells: steps.map(({ name, count, rate }) => [name, count, rate]),
  };
  return (
    <Section title={say('funnel')}>
      {steps.every(({ count }) => count === 0) ? (
        <Empty title={say('funnel-none')}>
          <p>{say('funnel-none-text')}</p>
        </Empty>
      ) : (
        <>
          <ChartFigure title={say('funnel')} name="funnel" chart={chart} table={table} />
          <p className="small soft">{say('counted')}</p>
        </>
      )}
    </Section>
  );
};

const Reciprocity = ({ figures }: FiguresProps) => {
  const say = useFlowTexts();
  const risk = useRiskTexts();
  const { networkId } = useNetwork();
  const { asOf } = useSearch({ strict: false });
  const { value, threshold, base } = useFigureWords();
  const own = RECIPROCITY.flatMap((indicator) => {
    const figure = figures.find((one) => one.indicator === indicator);
    return figure ? [{ indicator, figure }] : [];
  });
  const table = {
    columns: [risk('indicator'), risk('figure'), 'n', risk('threshold')],
    rows: own.map(({ indicator, figure }) => [
      <Link
        key={indicator}
        to="/n/$networkId/dashboards/risk/$indicator"
        params={{ networkId, indicator }}
        search={asOf === undefined ? {} : { asOf }}
      >
        {risk(indicator)}
      </Link>,
      <span key="value">
        {value(figure)} {figure.alert ? <Tag tone="bad">{say('alert')}</Tag> : null}
      </span>,
      base(figure),
      threshold(figure),
    ]),
    cells: own.map(({ indicator, figure }) => [risk(indicator), figure.hidden ? risk('hidden') : figure.value, figure.n, figure.threshold]),
  };
  return (
    <Section title={say('reciprocity')}>
      <p className="soft">{say('reciprocity-text')}</p>
      <FigureTable title={say('reciprocity')} table={table} />
      <FigureFiles title={say('reciprocity')} name="reciprocity" table={table} />
      {own.some(({ figure }) => figure.hidden) ? <p className="small soft">{risk('hidden-why')}</p> : null}
    </Section>
  );
};
