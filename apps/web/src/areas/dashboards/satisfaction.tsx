import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { Fault } from '../../content/fault';
import { useWords } from '../../content/words';
import { Select } from '../../design/fields';
import { Empty, Page, Section, Waiting } from '../../design/parts';
import { dayIn, number } from '../../i18n/format';
import { useNetwork, useRoles } from '../../session/session';
import { DashboardTools } from './as-of';
import { ChartFigure, FigureFiles, FigureTable, type Table } from './chart';
import { DIMENSIONS } from './dashboards-search';
import { share } from './figure-words';
import { sharesOf } from './satisfaction-chart';
import { OTHERS, SHARES, type Measure } from './satisfaction-measures';
import { useSatisfactionTexts } from './satisfaction-texts';
import { useSatisfactionWords, type SatisfactionAnswer, type SatisfactionFigure } from './satisfaction-words';
import { useSatisfaction } from './use-satisfaction';

/** What evaluations say, by one dimension at a time (R15). */
export const Satisfaction = () => {
  const say = useSatisfactionTexts();
  const words = useWords();
  const { by = 'network' } = useSearch({ strict: false });
  const roles = useRoles();
  const navigate = useNavigate({ from: '/n/$networkId/dashboards/satisfaction' });
  const { data, error, isPending, refetch, following } = useSatisfaction(by);
  return (
    <Page title={say('title')} lead={say('lead')} tools={<DashboardTools following={following} />}>
      <Select
        label={say('by')}
        value={by}
        options={DIMENSIONS.map((value) => ({ value, label: say(`by-${value}`) }))}
        onChange={(value) =>
          void navigate({
            search: ({ asOf }) => ({
              ...(asOf === undefined ? {} : { asOf }),
              ...(value === '' || value === 'network' ? {} : { by: value }),
            }),
            replace: true,
            resetScroll: false,
          })
        }
      />
      {isPending ? <Waiting lines={6} label={words('waiting')} /> : null}
      <Fault fault={error} onRetry={() => void refetch()} />
      <p className="small soft no-print">
        {say('to-figure')} {say(roles.has('auditor') ? 'to-events' : 'events-auditor')}
      </p>
      {data && by === 'network' ? <Network answer={data} /> : null}
      {data && by !== 'network' ? <Cells key={by} answer={data} /> : null}
    </Page>
  );
};

interface FiguresProps {
  readonly answer: SatisfactionAnswer;
}

const useTable = ({ topics }: SatisfactionAnswer) => {
  const say = useSatisfactionTexts();
  const { timeZone } = useNetwork();
  const { value, margin } = useSatisfactionWords(topics);
  return (first: string, lines: readonly { readonly name: string; readonly figure: SatisfactionFigure }[]): Table => ({
    columns: [first, say('figure'), say('n'), say('rate'), say('interval'), say('moved')],
    fileColumns: [first, say('figure'), say('n'), say('rate'), say('low'), say('high'), say('moved')],
    rows: lines.map(({ name, figure }) => [
      figure.hidden ? name : <ToFigure of={figure} name={name} />,
      value(figure),
      figure.n === undefined ? '' : number(figure.n),
      typeof figure.responseRate === 'number' ? share(figure.responseRate) : '',
      margin(figure),
      figure.movedAt === undefined ? '' : dayIn(figure.movedAt, timeZone),
    ]),
    cells: lines.map(({ name, figure }) => [
      name,
      figure.hidden ? say('hidden') : (figure.value ?? null),
      figure.n ?? null,
      figure.responseRate ?? null,
      figure.interval?.low ?? null,
      figure.interval?.high ?? null,
      figure.movedAt?.slice(0, 10) ?? null,
    ]),
  });
};

/** To how it is computed. */
const ToFigure = ({ of: { indicator, cell }, name }: { readonly of: SatisfactionFigure; readonly name: string }) => {
  const { networkId } = useNetwork();
  const { asOf, by } = useSearch({ strict: false });
  const search = { ...(asOf ? { asOf } : {}), ...(by ? { by, cell } : {}) };
  return (
    <Link to="/n/$networkId/dashboards/satisfaction/$indicator" params={{ networkId, indicator }} search={search}>
      {name}
    </Link>
  );
};

const barOf = (name: string, { value, interval }: SatisfactionFigure) => ({ name, value: value ?? null, interval: interval ?? null });

const Network = ({ answer }: FiguresProps) => {
  const say = useSatisfactionTexts();
  const tableOf = useTable(answer);
  const lines = (measures: readonly Measure[]) =>
    measures.flatMap((measure) => {
      const figure = answer.figures.find(({ indicator }) => indicator === measure);
      return figure ? [{ name: say(measure), figure }] : [];
    });
  const [shares, others] = [lines(SHARES), lines(OTHERS)];
  const otherTable = tableOf(say('column'), others);
  return (
    <>
      <Shares title={say('shares')} name="satisfaction" lines={shares} table={tableOf(say('column'), shares)} />
      <Section title={say('others')}>
        <FigureTable title={say('others')} table={otherTable} />
        <FigureFiles title={say('others')} name="satisfaction-others" table={otherTable} />
      </Section>
      <dl className="columns">
        {[...SHARES, ...OTHERS].map((measure) => (
          <div key={measure}>
            <dt>{say(measure)}</dt>
            <dd>{say(`${measure}-text`)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
};

const Cells = ({ answer }: FiguresProps) => {
  const say = useSatisfactionTexts();
  const { cell } = useSatisfactionWords(answer.topics);
  const tableOf = useTable(answer);
  const known = [...SHARES, ...OTHERS].filter((measure) => answer.figures.some(({ indicator }) => indicator === measure));
  const [chosen, choose] = useState<Measure>('satisfaction');
  const lines = answer.figures
    .filter(({ indicator }) => indicator === chosen)
    .map((figure) => ({ name: cell(figure.cell), figure }))
    .sort((one, other) => one.name.localeCompare(other.name));
  const table = tableOf(say('cell'), lines);
  const name = `satisfaction-${answer.dimension}-${chosen}`;
  if (known.length === 0)
    return (
      <Empty title={say('empty')}>
        <p>{say('empty-text')}</p>
      </Empty>
    );
  return (
    <>
      <Select
        label={say('indicator')}
        value={chosen}
        options={known.map((value) => ({ value, label: say(value) }))}
        onChange={(value) => choose(value === '' ? 'satisfaction' : value)}
      />
      <p className="soft">{say(`${chosen}-text`)}</p>
      {(SHARES as readonly Measure[]).includes(chosen) ? (
        <Shares title={say(chosen)} name={name} lines={lines} table={table} />
      ) : (
        <Section title={say(chosen)}>
          <FigureTable title={say(chosen)} table={table} />
          <FigureFiles title={say(chosen)} name={name} table={table} />
          <HiddenWhy lines={lines} />
        </Section>
      )}
    </>
  );
};

interface SharesProps {
  readonly title: string;
  readonly name: string;
  readonly lines: readonly { readonly name: string; readonly figure: SatisfactionFigure }[];
  readonly table: Table;
}

const FEW = 4;
const MANY = 12;

const sizeFor = (bars: number): { readonly size?: 'low' | 'tall' } => {
  if (bars <= FEW) return { size: 'low' };
  return bars > MANY ? { size: 'tall' } : {};
};

const Shares = ({ title, name, lines, table }: SharesProps) => {
  const say = useSatisfactionTexts();
  const bars = lines.filter(({ figure }) => !figure.hidden).map(({ name: of, figure }) => barOf(of, figure));
  const description = say('shares-said', { what: title });
  return (
    <Section title={title}>
      {bars.length === 0 ? (
        <>
          <Empty title={say('all-hidden')}>
            <p>{say('all-hidden-text')}</p>
          </Empty>
          <FigureTable title={title} table={table} />
        </>
      ) : (
        <>
          <p className="soft">{say('margin')}</p>
          <ChartFigure
            isWide
            {...sizeFor(bars.length)}
            title={title}
            name={name}
            table={table}
            chart={(colours) => sharesOf(colours, bars, description)}
          />
        </>
      )}
      <HiddenWhy lines={lines} />
    </Section>
  );
};

const HiddenWhy = ({ lines }: Pick<SharesProps, 'lines'>) => {
  const say = useSatisfactionTexts();
  return lines.some(({ figure }) => figure.hidden) ? <p className="small soft">{say('hidden-why')}</p> : null;
};
