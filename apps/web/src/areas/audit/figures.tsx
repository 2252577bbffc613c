import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { queries } from '../../api/client';
import { Fault } from '../../content/fault';
import { useWords } from '../../content/words';
import { Choices, Select, TextField } from '../../design/fields';
import { Button, Empty, Page, Section, Tag, Waiting } from '../../design/parts';
import { number } from '../../i18n/format';
import { useNetwork } from '../../session/session';
import { DIMENSIONS } from '../dashboards/dashboards-search';
import { endOf } from '../dashboards/days';
import { useFigureWords } from '../dashboards/figure-words';
import { useRiskTexts } from '../dashboards/risk-texts';
import { CaseEvidence, RiskEvidence, SatisfactionEvidence } from './evidence';
import { useFigureTexts } from './figure-texts';
import { FAMILIES, type FiguresSearch } from './figures-search';

/** A figure as this page lists it, whichever family it is of. */
interface FigureRow {
  readonly indicator: string;
  readonly cell: string | null;
  readonly name: string;
  readonly value: string;
  readonly n: number | null;
  readonly isAlert: boolean;
  readonly isHidden: boolean;
}

/** Any figure, at any date, opened down to the events that it is computed from. */
export const Figures = () => {
  const say = useFigureTexts();
  const { timeZone } = useNetwork();
  const search = useSearch({ from: '/n/$networkId/audit/figures' });
  const navigate = useNavigate();
  const { family = 'risk', asOf, by = 'network' } = search;
  const go = (change: FiguresSearch & { asOf?: string | undefined }): void =>
    void navigate({ to: '.', search: { ...search, ...change } as never, replace: true, resetScroll: false });
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
                label={say('by')}
                value={by}
                onChange={(dimension) => dimension !== '' && go({ by: dimension })}
                options={DIMENSIONS.map((value) => ({ value, label: say(`by-${value}`) }))}
              />
            ) : null}
          </div>
        )}
      </div>
      {family === 'risk' ? <RiskFigures asOf={at} /> : null}
      {family === 'satisfaction' ? <SatisfactionFigures asOf={at} by={by} /> : null}
      {family === 'case' ? <CaseEvidence /> : null}
    </Page>
  );
};

const RiskFigures = ({ asOf }: { readonly asOf: string | undefined }) => {
  const riskIn = useRiskTexts();
  const figureIn = useFigureWords();
  const { networkId } = useNetwork();
  const found = queries.useQuery('get', '/networks/{networkId}/risk', { params: { path: { networkId }, query: asOf ? { asOf } : {} } });
  const lines = found.data?.figures.map((figure) => ({
    indicator: figure.indicator,
    cell: figure.cell,
    name: riskIn(figure.indicator as 'imbalance'),
    value: figureIn.value(figure),
    n: figure.n,
    isAlert: figure.alert,
    isHidden: figure.hidden,
  }));
  return (
    <FigureList found={found} lines={lines}>
      {(line) => <RiskEvidence key={`${line.indicator} ${line.cell}`} of={{ ...line, asOf: found.data!.asOf }} />}
    </FigureList>
  );
};

const SatisfactionFigures = ({ asOf, by }: { readonly asOf: string | undefined; readonly by: (typeof DIMENSIONS)[number] }) => {
  const say = useFigureTexts();
  const { networkId } = useNetwork();
  const found = queries.useQuery('get', '/networks/{networkId}/satisfaction', {
    params: { path: { networkId }, query: { by, ...(asOf ? { asOf } : {}) } },
  });
  const lines = found.data?.figures.map(({ indicator, cell, hidden, value = null, n = null, interval }) => ({
    ...{ indicator, cell, n, isAlert: false, isHidden: hidden },
    name: say(`is-${indicator}` as 'is-satisfaction'),
    value: valueOf(value, interval !== null && interval !== undefined),
  }));
  return (
    <FigureList found={found} lines={lines}>
      {(line) => <SatisfactionEvidence key={`${line.indicator} ${line.cell}`} of={{ ...line, asOf: found.data!.asOf }} />}
    </FigureList>
  );
};

/** What has an interval is a share. */
const valueOf = (value: number | null, isShare: boolean): string => {
  if (value === null) return '–';
  return isShare ? number(value, { style: 'percent', maximumFractionDigits: 1 }) : number(value, { maximumFractionDigits: 1 });
};

interface Found {
  readonly isPending: boolean;
  readonly error: unknown;
  readonly refetch: () => unknown;
}

interface ListProps {
  readonly found: Found;
  readonly lines: readonly FigureRow[] | undefined;
  /** What opens below the list. */
  readonly children: (line: FigureRow) => ReactNode;
}

const FigureList = ({ found, lines, children }: ListProps) => {
  const say = useFigureTexts();
  const words = useWords();
  const figureIn = useFigureWords();
  const [opened, setOpened] = useState<FigureRow | null>(null);
  const cellOf = (cell: string | null): string => (cell === null || cell === 'network' ? say('network') : figureIn.cell(cell) || cell);
  return (
    <>
      <Section title={say('figures')}>
        {found.isPending ? <Waiting label={words('waiting')} /> : null}
        <Fault fault={found.error} onRetry={() => void found.refetch()} />
        {lines?.length === 0 ? (
          <Empty title={say('no-figures')}>
            <p>{say('no-figures-text')}</p>
          </Empty>
        ) : null}
        {lines && lines.length > 0 ? (
          <div className="scroll" tabIndex={0} role="region" aria-label={say('figures-table')}>
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
                {lines.map((line) => (
                  <tr key={`${line.indicator} ${line.cell}`}>
                    <th scope="row">
                      {line.name} {line.isAlert ? <Tag tone="bad">{say('alert')}</Tag> : null}
                    </th>
                    <td>{cellOf(line.cell)}</td>
                    <td className="number">{line.isHidden ? <Tag>{say('hidden')}</Tag> : line.value}</td>
                    <td className="number">{line.isHidden || line.n === null ? null : number(line.n)}</td>
                    <td>
                      {line.isHidden ? null : (
                        <Button
                          look="plain"
                          aria-label={say('open-of', { figure: `${line.name}, ${cellOf(line.cell)}` })}
                          aria-pressed={opened?.indicator === line.indicator && opened.cell === line.cell}
                          onClick={() => setOpened(line)}
                        >
                          {say('open')}
                        </Button>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        ) : null}
        {lines?.some(({ isHidden }) => isHidden) ? <p className="small soft">{say('hidden-why')}</p> : null}
      </Section>
      {opened && lines ? children(opened) : null}
    </>
  );
};
