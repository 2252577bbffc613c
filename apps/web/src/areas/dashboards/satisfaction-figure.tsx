import { Link, useParams, useSearch } from '@tanstack/react-router';
import { Fault } from '../../content/fault';
import { useWords } from '../../content/words';
import { Card, Empty, Notice, Page, Section, Waiting } from '../../design/parts';
import { dayIn } from '../../i18n/format';
import { useNetwork, useRoles } from '../../session/session';
import { DashboardTools } from './as-of';
import { Explanation, satisfactionParts } from './explanation';
import { measureOf, rulesOf, type Measure } from './satisfaction-measures';
import { useSatisfactionTexts } from './satisfaction-texts';
import { useSatisfactionWords, type SatisfactionAnswer, type SatisfactionFigure } from './satisfaction-words';
import { useSatisfaction } from './use-satisfaction';

/** One figure of satisfaction: how it is computed, from what, and who may open the events behind it. */
export const SatisfactionFigurePage = () => {
  const say = useSatisfactionTexts();
  const { indicator } = useParams({ from: '/n/$networkId/dashboards/satisfaction/$indicator' });
  const measure = measureOf(indicator);
  return measure ? <Known measure={measure} /> : <Notice tone="warn">{say('unknown')}</Notice>;
};

const Known = ({ measure }: { readonly measure: Measure }) => {
  const say = useSatisfactionTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const { asOf, by = 'network', cell = 'network' } = useSearch({ strict: false });
  const { data, error, isPending, refetch, following } = useSatisfaction(by);
  const figure = data?.figures.find((one) => one.indicator === measure && one.cell === cell);
  const search = { ...(asOf ? { asOf } : {}), ...(by === 'network' ? {} : { by }) };
  return (
    <Page title={say(measure)} lead={say('lead')} tools={<DashboardTools following={following} />}>
      <p className="no-print">
        <Link to="/n/$networkId/dashboards/satisfaction" params={{ networkId }} search={search}>
          {say('back')}
        </Link>
      </p>
      {isPending ? <Waiting label={words('waiting')} /> : null}
      <Fault fault={error} onRetry={() => void refetch()} />
      {data && !figure ? (
        <Empty title={say('empty')}>
          <p>{say('empty-text')}</p>
        </Empty>
      ) : null}
      {data && figure ? <Figure answer={data} figure={figure} measure={measure} /> : null}
    </Page>
  );
};

interface FigureProps {
  readonly answer: SatisfactionAnswer;
  readonly figure: SatisfactionFigure;
  readonly measure: Measure;
}

const Figure = ({ answer, figure, measure }: FigureProps) => {
  const say = useSatisfactionTexts();
  const { timeZone } = useNetwork();
  const { cell, value, margin } = useSatisfactionWords(answer.topics);
  return (
    <>
      <Card>
        <p>{cell(figure.cell)}</p>
        <span className={figure.hidden ? 'soft' : 'figure-value'}>{value(figure)}</span>
        {margin(figure) ? <p>{say('margin-is', { interval: say('interval'), margin: margin(figure) })}</p> : null}
        <p className="soft">{figure.movedAt === undefined ? null : say('moved-at', { day: dayIn(figure.movedAt, timeZone) })}</p>
        {figure.hidden ? <p className="soft">{say('hidden-why')}</p> : null}
      </Card>
      {figure.hidden ? null : (
        <Section title={say('behind')}>
          <Explanation rules={rulesOf(measure)} formula={say(`${measure}-text`)} parts={satisfactionParts({ figure, counted: null })} />
          <Events figure={figure} />
        </Section>
      )}
    </>
  );
};

const Events = ({ figure: { indicator, cell } }: { readonly figure: SatisfactionFigure }) => {
  const say = useSatisfactionTexts();
  const roles = useRoles();
  const { networkId } = useNetwork();
  const { asOf, by = 'network' } = useSearch({ strict: false });
  const search = { family: 'satisfaction' as const, by, indicator, cell, ...(asOf ? { asOf } : {}) };
  return roles.has('auditor') ? (
    <p className="no-print">
      <Link to="/n/$networkId/audit/figures" params={{ networkId }} search={search}>
        {say('events-open')}
      </Link>
    </p>
  ) : (
    <p className="soft">{say('events-auditor')}</p>
  );
};
