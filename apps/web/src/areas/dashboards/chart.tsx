import { useEffect, useRef, useState, useSyncExternalStore, type ReactNode } from 'react';
import type { EChartsCoreOption } from 'echarts/core';
import { csvOf, type CsvCell } from '../../content/csv';
import { download, downloadFile } from '../../content/download';
import { Button } from '../../design/parts';
import { defineTexts } from '../../i18n/define-texts';
import { themeNow } from '../../shell/theme';
import { coloursOf, type Colours } from './chart-colours';
import type { Drawn } from './echarts';

const useChartTexts = defineTexts('charts', {
  fr: { csv: 'CSV', png: 'Image PNG', 'csv-of': 'CSV : {{what}}', 'png-of': 'Image PNG : {{what}}', table: 'Tableau : {{what}}' },
  en: { csv: 'CSV', png: 'PNG picture', 'csv-of': 'CSV: {{what}}', 'png-of': 'PNG picture: {{what}}', table: 'Table: {{what}}' },
});

/** A chart for these colours. */
export type ChartOf = (colours: Colours) => EChartsCoreOption;

/** A4 within its margins, in CSS pixels. */
const PAPER_WIDTH = 680;

const useDrawn = (chart: ChartOf) => {
  const place = useRef<HTMLDivElement>(null);
  const [drawn, setDrawn] = useState<Drawn | null>(null);
  const theme = useSyncExternalStore(themeNow.subscribe, themeNow.get);
  useEffect(() => {
    let own: Drawn | null = null;
    let isGone = false;
    void import('./echarts').then(({ draw }) => {
      if (isGone || !place.current) return;
      own = draw(place.current);
      setDrawn(own);
    });
    return () => {
      isGone = true;
      own?.end();
    };
  }, []);
  useEffect(() => {
    if (!drawn || !place.current) return undefined;
    const watching = new ResizeObserver(() => drawn.fit());
    watching.observe(place.current);
    // paper is white, and narrower than the window
    const onPaper = (): void => {
      drawn.fit(PAPER_WIDTH);
      drawn.show(chart(coloursOf('light')));
    };
    const onScreen = (): void => {
      drawn.fit();
      drawn.show(chart(coloursOf(theme)));
    };
    onScreen();
    addEventListener('beforeprint', onPaper);
    addEventListener('afterprint', onScreen);
    return () => {
      watching.disconnect();
      removeEventListener('beforeprint', onPaper);
      removeEventListener('afterprint', onScreen);
    };
  }, [drawn, chart, theme]);
  return place;
};

export interface Table {
  readonly columns: readonly string[];
  /** As read on the page. */
  readonly rows: readonly (readonly ReactNode[])[];
  /** The same numbers, as a file takes them; its columns where they are others. */
  readonly fileColumns?: readonly string[];
  readonly cells: readonly (readonly CsvCell[])[];
}

interface ChartFigureProps {
  readonly title: string;
  /** The files' name. */
  readonly name: string;
  readonly chart: ChartOf;
  readonly table: Table;
  /** For many bars, or few. */
  readonly size?: 'tall' | 'low';
  /** Where the table has many columns: below the chart. */
  readonly isWide?: boolean;
}

/** A chart, its numbers as a table beside it, and both as files. */
export const ChartFigure = ({ title, name, chart, table, size, isWide = false }: ChartFigureProps) => {
  const place = useDrawn(chart);
  return (
    <figure className={isWide ? 'figure wide' : 'figure'}>
      <div className={['chart', size].filter(Boolean).join(' ')} ref={place} />
      <div className="stack tight">
        <FigureTable title={title} table={table} />
        <FigureFiles title={title} name={name} chart={chart} table={table} />
      </div>
    </figure>
  );
};

interface TableProps {
  readonly title: string;
  readonly table: Table;
  /** Where there is no chart beside it: as long as it is. */
  readonly isWhole?: boolean;
}

export const FigureTable = ({ title, table: { columns, rows }, isWhole = false }: TableProps) => {
  const say = useChartTexts();
  return (
    <div className={isWhole ? 'scroll' : 'scroll figure-table'} tabIndex={0} role="region" aria-label={say('table', { what: title })}>
      <table>
        <thead>
          <tr>
            {columns.map((column, at) => (
              <th key={column} scope="col" className={at === 0 ? undefined : 'number'}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, line) => (
            <tr key={line}>
              {row.map((cell, at) =>
                at === 0 ? (
                  <th key={at} scope="row">
                    {cell}
                  </th>
                ) : (
                  <td key={at} className="number">
                    {cell}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

type FilesProps = Omit<ChartFigureProps, 'chart' | 'size' | 'isWide'> & { readonly chart?: ChartOf };

export const FigureFiles = ({ title, name, chart, table: { columns, fileColumns = columns, cells } }: FilesProps) => {
  const say = useChartTexts();
  const toPicture = async (of: ChartOf): Promise<void> => {
    const { pictureOf } = await import('./echarts');
    const colours = coloursOf('light');
    downloadFile(`${name}.png`, await pictureOf({ ...of(colours), backgroundColor: colours.surface }));
  };
  return (
    <div className="row no-print">
      <Button
        look="plain"
        aria-label={say('csv-of', { what: title })}
        onClick={() => download(`${name}.csv`, 'text/csv;charset=utf-8', `\uFEFF${csvOf(fileColumns, cells)}`)}
      >
        {say('csv')}
      </Button>
      {chart ? (
        <Button look="plain" aria-label={say('png-of', { what: title })} onClick={() => void toPicture(chart)}>
          {say('png')}
        </Button>
      ) : null}
    </div>
  );
};
