import { Link, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { Fault } from '../../content/fault';
import { useWords } from '../../content/words';
import { Check } from '../../design/fields';
import { Card, Page, Section, Tag, Waiting } from '../../design/parts';
import { useNetwork } from '../../session/session';
import { DashboardTools } from './as-of';
import { FigureFiles } from './chart';
import { useFigureWords } from './figure-words';
import { groups, GROUPS, type Group, type Indicator, type RiskFigure } from './indicators';
import { useMeanings } from './risk-meanings';
import { useRiskTexts } from './risk-texts';
import { Spark } from './spark';
import { useRisk, useTrend } from './use-risk';

/** Every risk of §5: what it is, how it stands, where it came from, what to do. */
export const Risk = () => {
  const say = useRiskTexts();
  const words = useWords();
  const [onlyAlerts, setOnlyAlerts] = useState(false);
  const { data, error, isPending, refetch, following } = useRisk();
  const figures = data?.figures ?? [];
  const alerts = figures.filter(({ alert }) => alert).length;
  const shown = groups.filter((group) => !onlyAlerts || ofGroup(figures, group).some(({ alert }) => alert));
  return (
    <Page title={say('title')} lead={say('lead')} tools={<DashboardTools following={following} />}>
      {isPending ? <Waiting lines={8} label={words('waiting')} /> : null}
      <Fault fault={error} onRetry={() => void refetch()} />
      {data ? (
        <Section title={say('overview')} tools={<RiskFile figures={figures} />}>
          <div className="row apart">
            <span role="status">
              {alerts > 0 ? <Tag tone="bad">{say('alerts', { count: alerts })}</Tag> : <Tag tone="accent">{say('no-alert')}</Tag>}
            </span>
            {alerts > 0 ? (
              <div className="no-print">
                <Check label={say('only-alerts')} isChecked={onlyAlerts} onChange={setOnlyAlerts} />
              </div>
            ) : null}
          </div>
          <ul role="list" className="risk-groups">
            {shown.map((group) => (
              <li key={group}>
                <GroupCard group={group} figures={ofGroup(figures, group)} />
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
    </Page>
  );
};

const ofGroup = (figures: readonly RiskFigure[], group: Group): readonly RiskFigure[] =>
  figures.filter(({ indicator }) => (GROUPS[group] as readonly string[]).includes(indicator));

const GroupCard = ({ group, figures }: { readonly group: Group; readonly figures: readonly RiskFigure[] }) => {
  const say = useRiskTexts();
  const isAlert = figures.some(({ alert }) => alert);
  return (
    <Card {...(isAlert ? { tone: 'first' as const } : {})}>
      <div className="row apart">
        <h3>{say(`group-${group}`)}</h3>
        {isAlert ? <Tag tone="bad">{say('alert')}</Tag> : null}
      </div>
      <div>
        {GROUPS[group].map((indicator) => (
          <IndicatorLine key={indicator} indicator={indicator} figures={figures.filter((figure) => figure.indicator === indicator)} />
        ))}
      </div>
    </Card>
  );
};

interface LineProps {
  readonly indicator: Indicator;
  readonly figures: readonly RiskFigure[];
}

const IndicatorLine = ({ indicator, figures }: LineProps) => {
  const say = useRiskTexts();
  const meaning = useMeanings();
  const { networkId } = useNetwork();
  const { asOf } = useSearch({ strict: false });
  const alerts = figures.filter(({ alert }) => alert).length;
  const own = figures.find(({ cell }) => cell === null);
  return (
    <div className="risk-figure">
      <p>
        <Link to="/n/$networkId/dashboards/risk/$indicator" params={{ networkId, indicator }} search={asOf === undefined ? {} : { asOf }}>
          {say(indicator)}
        </Link>
      </p>
      {own ? <OwnFigure figure={own} /> : <Cells figures={figures} />}
      <p className="small soft">{meaning(indicator)}</p>
      {alerts > 0 ? (
        <p className="small">
          <strong>{say('advice')}</strong> – {meaning(`${indicator}-do`)}
        </p>
      ) : null}
    </div>
  );
};

const OwnFigure = ({ figure }: { readonly figure: RiskFigure }) => {
  const say = useRiskTexts();
  const { value, threshold, base } = useFigureWords();
  const { data: trend } = useTrend();
  const past = trend?.months.map(({ figures }) => figures.find(({ indicator, cell }) => indicator === figure.indicator && cell === null));
  const isKnown = !figure.hidden && figure.value !== null;
  return (
    <>
      <div>
        <span className={isKnown ? 'figure-value' : 'soft'}>{value(figure)}</span>{' '}
        {figure.alert ? <Tag tone="bad">{say('alert')}</Tag> : null}
      </div>
      <Spark values={[...(past ?? []).map((one) => one?.value ?? null), figure.value]} threshold={figure.threshold} />
      <p className="small soft">{[base(figure), threshold(figure)].filter((text) => text !== null).join(' · ')}</p>
      {figure.hidden ? <p className="small soft">{say('hidden-why')}</p> : null}
    </>
  );
};

const Cells = ({ figures }: { readonly figures: readonly RiskFigure[] }) => {
  const say = useRiskTexts();
  const hidden = figures.filter((figure) => figure.hidden).length;
  const alerts = figures.filter(({ alert }) => alert).length;
  if (figures.length === 0) return <p className="soft">{say('none')}</p>;
  return (
    <p>
      {say('cells', { shown: figures.length - hidden, hidden })}{' '}
      {alerts > 0 ? <Tag tone="bad">{say('cells-alert', { count: alerts })}</Tag> : null}
    </p>
  );
};

const RiskFile = ({ figures }: { readonly figures: readonly RiskFigure[] }) => {
  const say = useRiskTexts();
  const columns = [say('indicator'), say('cell'), say('figure'), 'n', say('threshold'), say('state')];
  const cells = figures.map((figure) => [
    say(figure.indicator as Indicator),
    figure.cell ?? '',
    figure.value,
    figure.n,
    figure.threshold,
    figure.hidden ? say('hidden') : figure.alert ? say('alert') : '',
  ]);
  return <FigureFiles title={say('overview')} name="risk" table={{ columns, rows: [], cells }} />;
};
