import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { Fault } from '../../content/fault';
import { useWords } from '../../content/words';
import { Select } from '../../design/fields';
import { Card, Empty, Notice, Page, Section, Tag, Waiting } from '../../design/parts';
import { dayIn } from '../../i18n/format';
import { useNetwork } from '../../session/session';
import { DashboardTools } from './as-of';
import { ChartFigure, type ChartOf } from './chart';
import { byCell, trendOf } from './risk-charts';
import { Events } from './events';
import { useFigureWords } from './figure-words';
import { groupOf, indicatorOf, type Indicator, type RiskAnswer, type RiskFigure } from './indicators';
import { useMeanings } from './risk-meanings';
import { useRiskTexts } from './risk-texts';
import { useRisk, useTrend } from './use-risk';

/** One indicator: how it stands, its trend, and the events behind it. */
export const IndicatorPage = () => {
  const say = useRiskTexts();
  const { indicator: named } = useParams({ from: '/n/$networkId/dashboards/risk/$indicator' });
  const indicator = indicatorOf(named);
  return indicator ? <Known key={indicator} indicator={indicator} /> : <Notice tone="warn">{say('unknown')}</Notice>;
};

const Known = ({ indicator }: { readonly indicator: Indicator }) => {
  const say = useRiskTexts();
  const words = useWords();
  const meaning = useMeanings();
  const { networkId } = useNetwork();
  const { asOf, cell: chosen } = useSearch({ strict: false });
  const { data, error, isPending, refetch, following } = useRisk();
  const figures = data?.figures.filter((figure) => figure.indicator === indicator) ?? [];
  const figure = figures.find(({ cell }) => cell === (chosen ?? null)) ?? figures.find(({ hidden }) => !hidden) ?? figures[0];
  return (
    <Page title={say(indicator)} lead={say(`group-${groupOf(indicator)}`)} tools={<DashboardTools following={following} />}>
      <p className="no-print">
        <Link to="/n/$networkId/dashboards" params={{ networkId }} search={asOf === undefined ? {} : { asOf }}>
          {say('back')}
        </Link>
      </p>
      {isPending ? <Waiting label={words('waiting')} /> : null}
      <Fault fault={error} onRetry={() => void refetch()} />
      <div className="columns">
        {figure && figure.cell === null ? <Standing figure={figure} /> : null}
        <Card tone="calm">
          <h2>{say('meaning')}</h2>
          <p>{meaning(indicator)}</p>
          <h2>{say('advice')}</h2>
          <p>{meaning(`${indicator}-do`)}</p>
        </Card>
      </div>
      {data && figures.some(({ cell }) => cell !== null) ? <ByCell indicator={indicator} figures={figures} /> : null}
      {data && figure ? (
        <>
          {figure.cell === null ? null : <ChooseCell figures={figures} chosen={figure.cell} />}
          <Trend indicator={indicator} now={figure} asOf={data.asOf} />
          <Events of={{ indicator, cell: figure.cell, asOf: data.asOf }} />
        </>
      ) : null}
    </Page>
  );
};

const Standing = ({ figure }: { readonly figure: RiskFigure }) => {
  const say = useRiskTexts();
  const { value, threshold, base } = useFigureWords();
  return (
    <Card {...(figure.alert ? { tone: 'first' as const } : {})}>
      <div className="row">
        <span className="figure-value">{value(figure)}</span>
        {figure.alert ? <Tag tone="bad">{say('alert')}</Tag> : null}
      </div>
      <p>{base(figure)}</p>
      <p className="soft">{figure.hidden ? say('hidden-why') : threshold(figure)}</p>
    </Card>
  );
};

const ByCell = ({ indicator, figures }: { readonly indicator: Indicator; readonly figures: readonly RiskFigure[] }) => {
  const say = useRiskTexts();
  const { cell, value, amount } = useFigureWords();
  const title = say('by-cell');
  const chart: ChartOf = useCallback(
    (colours) => byCell(colours, { figures, nameOf: cell, amount, description: say('by-cell-said', { name: say(indicator) }) }),
    [figures, indicator, say],
  );
  const columns = [say('cell'), say('figure'), 'n', say('threshold')];
  const table = {
    columns,
    rows: figures.map((figure) => [
      cell(figure.cell),
      value(figure),
      figure.n ?? '',
      figure.threshold === null ? '' : amount(figure, figure.threshold),
    ]),
    cells: figures.map((figure) => [figure.cell, figure.hidden ? say('hidden') : figure.value, figure.n, figure.threshold]),
  };
  return (
    <Section title={title}>
      <ChartFigure title={title} name={`risk-${indicator}`} chart={chart} table={table} size="tall" />
      {figures.some(({ hidden }) => hidden) ? <p className="small soft">{say('hidden-why')}</p> : null}
    </Section>
  );
};

const ChooseCell = ({ figures, chosen }: { readonly figures: readonly RiskFigure[]; readonly chosen: string }) => {
  const say = useRiskTexts();
  const { cell } = useFigureWords();
  const navigate = useNavigate({ from: '/n/$networkId/dashboards/risk/$indicator' });
  return (
    <Select
      label={say('choose')}
      value={chosen}
      options={figures.map((figure) => ({ value: figure.cell ?? '', label: cell(figure.cell) }))}
      onChange={(value) => void navigate({ search: (before) => ({ ...before, cell: value }), replace: true, resetScroll: false })}
    />
  );
};

/** A day that is over ends at the next one’s midnight, and is called by its own date. */
const before = (instant: string): string => new Date(Date.parse(instant) - 1).toISOString();

interface TrendProps {
  readonly indicator: Indicator;
  readonly now: RiskFigure;
  readonly asOf: RiskAnswer['asOf'];
}

const Trend = ({ indicator, now, asOf }: TrendProps) => {
  const say = useRiskTexts();
  const { timeZone } = useNetwork();
  const { amount, value } = useFigureWords();
  const words = useWords();
  const { data, error, isPending, refetch } = useTrend();
  const past = (data?.months ?? []).flatMap(({ asOf: start, figures }) => {
    const figure = figures.find((one) => one.indicator === indicator && one.cell === now.cell);
    return figure === undefined || start >= asOf ? [] : [{ day: start, name: dayIn(start, timeZone), figure }];
  });
  const points = [...past, { day: asOf, name: dayIn(before(asOf), timeZone), figure: now }];
  const description = say('trend-said', { name: say(indicator), months: past.length });
  const chart: ChartOf = (colours) => trendOf(colours, { points, amount, description, names: [say('figure'), say('threshold')] });
  const title = say('trend');
  const table = {
    columns: [say('month'), say('figure'), say('threshold')],
    rows: points.map(({ name, figure }) => [
      name,
      figure.alert ? <strong>{`${value(figure)} (${say('alert')})`}</strong> : value(figure),
      figure.threshold === null ? '' : amount(figure, figure.threshold),
    ]),
    cells: points.map(({ day, figure }) => [day.slice(0, 10), figure.hidden ? say('hidden') : figure.value, figure.threshold]),
  };
  return (
    <Section title={title}>
      <p className="soft">{say('trend-text')}</p>
      {isPending ? (
        <>
          <p role="status">{say('trend-waiting')}</p>
          <Waiting label={words('waiting')} />
        </>
      ) : null}
      <Fault fault={error} onRetry={() => void refetch()} />
      {data && past.length === 0 ? (
        <Empty title={say('trend-none')}>
          <p>{say('trend-none-text')}</p>
        </Empty>
      ) : null}
      {past.length > 0 ? <ChartFigure title={title} name={`risk-trend-${indicator}`} chart={chart} table={table} /> : null}
    </Section>
  );
};
