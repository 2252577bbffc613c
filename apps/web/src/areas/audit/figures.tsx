import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { queries } from '../../api/client';
import { Fault } from '../../content/fault';
import { useWords } from '../../content/words';
import { Choices, Select, TextField } from '../../design/fields';
import { Button, Empty, Page, Scrollable, Section, Tag, Waiting } from '../../design/parts';
import { number } from '../../i18n/format';
import { useNetwork } from '../../session/session';
import { DIMENSIONS } from '../dashboards/dashboards-search';
import { endOf } from '../dashboards/days';
import { useFigureWords } from '../dashboards/figure-words';
import { useRiskTexts } from '../dashboards/risk-texts';
import { useSatisfactionTexts } from '../dashboards/satisfaction-texts';
import { useSatisfactionWords } from '../dashboards/satisfaction-words';
import { CaseEvidence, RiskEvidence, SatisfactionEvidence } from './evidence';
import { useFigureTexts } from './figure-texts';
import { FAMILIES, type FiguresSearch } from './figures-search';

/** A figure as this page lists it, whichever family it is of. */
interface FigureRow {
  readonly indicator: string;
  readonly cell: string | null;
  readonly name: string;
  /** Of which cell, in words. */
  readonly where: string;
  readonly value: string;
  readonly n: number | null;
  readonly isAlert: boolean;
  readonly isHidden: boolean;
}

/** Any figure, at any date, opened down to the events that it is computed from. */
export const Figures = () => {
  const say = useFigureTexts();
  const satisfactionIn = useSatisfactionTexts();
  const { timeZone } = useNetwork();
  const search = useSearch({ from: '/n/$networkId/audit/figures' });
  const navigate = useNavigate();
  const { family = 'risk', asOf, by = 'network' } = search;
  // another choice of figures has another one to open
  const { indicator: _, cell: __, ...kept } = search;
  const go = (change: FiguresSearch & { asOf?: string | undefined }): void =>
    void navigate({ to: '.', search: { ...kept, ...change } as never, replace: true, resetScroll: false });
  const at = asOf === undefined ? undefined : endOf(asOf, timeZone);
  return (
    <Page title={say('title')} lead={say('lead')}>
      <div className="card no-print">
        <Choices
          label={say('family')}
          value={family}
          onChange={(chosen) => go({ family: chosen })}
          options={FAMILIES.map((value) => ({ value, label: say(value) }))}
        />
        {family === 'case' ? null : (
          <div className="columns">
            <TextField
              label={say('as-of')}
              hint={say('as-of-hint')}
              type="date"
              value={asOf ?? ''}
              onChange={(date) => go({ asOf: date || undefined } as FiguresSearch)}
            />
            {family === 'satisfaction' ? (
              <Select
                label={satisfactionIn('by')}
                value={by}
                onChange={(dimension) => dimension !== '' && go({ by: dimension })}
                options={DIMENSIONS.map((value) => ({ value, label: satisfactionIn(`by-${value}`) }))}
              />
            ) : null}
          </div>
        )}
      </div>
      {family === 'risk' ? <RiskFigures key={at} asOf={at} /> : null}
      {family === 'satisfaction' ? <SatisfactionFigures key={`${at} ${by}`} asOf={at} by={by} /> : null}
      {family === 'case' ? <CaseEvidence /> : null}
    </Page>
  );
};

const RiskFigures = ({ asOf }: { readonly asOf: string | undefined }) => {
  const say = useFigureTexts();
  const riskIn = useRiskTexts();
  const figureIn = useFigureWords();
  const { networkId } = useNetwork();
  const found = queries.useQuery('get', '/networks/{networkId}/risk', { params: { path: { networkId }, query: asOf ? { asOf } : {} } });
  const rows = found.data?.figures.map((figure) => ({
    indicator: figure.indicator,
    cell: figure.cell,
    name: riskIn(figure.indicator as 'imbalance'),
    where: figureIn.cell(figure.cell) || say('network'),
    value: figureIn.value(figure),
    n: figure.n,
    isAlert: figure.alert,
    isHidden: figure.hidden,
  }));
  return (
    <FigureList found={found} rows={rows}>
      {(row) => <RiskEvidence key={`${row.indicator} ${row.cell}`} of={{ ...row, asOf: found.data!.asOf }} />}
    </FigureList>
  );
};

const SatisfactionFigures = ({ asOf, by }: { readonly asOf: string | undefined; readonly by: (typeof DIMENSIONS)[number] }) => {
  const satisfactionIn = useSatisfactionTexts();
  const { networkId } = useNetwork();
  const found = queries.useQuery('get', '/networks/{networkId}/satisfaction', {
    params: { path: { networkId }, query: { by, ...(asOf ? { asOf } : {}) } },
  });
  const figureIn = useSatisfactionWords(found.data?.topics ?? []);
  const rows = found.data?.figures.map((figure) => ({
    indicator: figure.indicator,
    cell: figure.cell,
    name: satisfactionIn(figure.indicator as 'responseRate'),
    where: figureIn.cell(figure.cell),
    value: figureIn.value(figure),
    n: figure.n ?? null,
    isAlert: false,
    isHidden: figure.hidden,
  }));
  return (
    <FigureList found={found} rows={rows}>
      {(row) => <SatisfactionEvidence key={`${row.indicator} ${row.cell}`} of={{ ...row, asOf: found.data!.asOf }} />}
    </FigureList>
  );
};

interface Found {
  readonly isPending: boolean;
  readonly error: unknown;
  readonly refetch: () => unknown;
}

interface ListProps {
  readonly found: Found;
  readonly rows: readonly FigureRow[] | undefined;
  /** What opens below the list. */
  readonly children: (row: FigureRow) => ReactNode;
}

const FigureList = ({ found, rows, children }: ListProps) => {
  const say = useFigureTexts();
  const words = useWords();
  const { indicator, cell = 'network' } = useSearch({ from: '/n/$networkId/audit/figures' });
  const [picked, pick] = useState<FigureRow | null>(null);
  const asked = rows?.find((row) => row.indicator === indicator && (row.cell ?? 'network') === cell && !row.isHidden);
  const opened = picked ?? asked ?? null;
  return (
    <>
      <Section title={say('figures')}>
        {found.isPending ? <Waiting label={words('waiting')} /> : null}
        <Fault fault={found.error} onRetry={() => void found.refetch()} />
        {rows?.length === 0 ? (
          <Empty title={say('no-figures')}>
            <p>{say('no-figures-text')}</p>
          </Empty>
        ) : null}
        {rows && rows.length > 0 ? (
          <Scrollable label={say('figures-table')}>
            <table className="middle">
              <thead>
                <tr>
                  <th scope="col">{say('indicator')}</th>
                  <th scope="col">{say('cell')}</th>
                  <th scope="col" className="number">
                    {say('value')}
                  </th>
                  <th scope="col" className="number">
                    {say('counted')}
                  </th>
                  <th scope="col">{say('open')}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={`${row.indicator} ${row.cell}`}>
                    <th scope="row">
                      {row.name} {row.isAlert ? <Tag tone="bad">{say('alert')}</Tag> : null}
                    </th>
                    <td>{row.where}</td>
                    <td className="number">{row.isHidden ? <Tag>{say('hidden')}</Tag> : row.value}</td>
                    <td className="number">{row.isHidden || row.n === null ? null : number(row.n)}</td>
                    <td>
                      {row.isHidden ? null : (
                        <Button
                          look="plain"
                          aria-label={say('open-of', { figure: `${row.name}, ${row.where}` })}
                          aria-pressed={opened?.indicator === row.indicator && opened.cell === row.cell}
                          onClick={() => pick(row)}
                        >
                          {say('open')}
                        </Button>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scrollable>
        ) : null}
        {rows?.some(({ isHidden }) => isHidden) ? <p className="small soft">{say('hidden-why')}</p> : null}
      </Section>
      {opened && rows ? children(opened) : null}
    </>
  );
};
