import type { EChartsCoreOption } from 'echarts/core';
import { axis, common, type Colours } from './chart-colours';
import type { RiskFigure } from './indicators';

type Amount = (figure: RiskFigure, value: number) => string;

interface TrendOf {
  readonly points: readonly { readonly name: string; readonly figure: RiskFigure }[];
  readonly amount: Amount;
  readonly description: string;
  /** Of the two lines. */
  readonly names: readonly [string, string];
}

/** A figure over months, and the threshold that held each time. */
export const trendOf = (colours: Colours, { points, amount, description, names }: TrendOf): EChartsCoreOption => {
  const [sample] = points;
  const said = (value: unknown): string => (typeof value === 'number' && sample ? amount(sample.figure, value) : '–');
  return {
    ...common(colours, description),
    tooltip: { ...common(colours, description).tooltip, trigger: 'axis', valueFormatter: said },
    color: [colours.first, colours.bad],
    grid: { left: 8, right: 16, top: 16, bottom: 40, containLabel: true },
    xAxis: { type: 'category', data: points.map(({ name }) => name), ...axis(colours) },
    yAxis: { type: 'value', ...axis(colours), axisLabel: { ...axis(colours).axisLabel, formatter: said } },
    series: [
      { type: 'line', name: names[0], data: points.map(({ figure }) => figure.value), symbolSize: 7, lineStyle: { width: 3 } },
      {
        type: 'line',
        name: names[1],
        data: points.map(({ figure }) => figure.threshold),
        step: 'end',
        symbol: 'none',
        lineStyle: { width: 2, type: 'dashed' },
      },
    ],
  };
};

interface ByCellOf {
  readonly figures: readonly RiskFigure[];
  readonly nameOf: (cell: string | null) => string;
  readonly amount: Amount;
  readonly description: string;
}

/** One bar a cell; a hidden one has none. */
export const byCell = (colours: Colours, { figures, nameOf, amount, description }: ByCellOf): EChartsCoreOption => {
  const threshold = figures.find((figure) => figure.threshold !== null)?.threshold ?? null;
  return {
    ...common(colours, description),
    tooltip: { ...common(colours, description).tooltip, trigger: 'item' },
    grid: { left: 8, right: 24, top: 16, bottom: 8, containLabel: true },
    yAxis: { type: 'category', inverse: true, data: figures.map(({ cell }) => nameOf(cell)), ...axis(colours) },
    xAxis: { type: 'value', ...axis(colours) },
    series: [
      {
        type: 'bar',
        barMaxWidth: 22,
        data: figures.map((figure) => ({ value: figure.value, itemStyle: { color: figure.alert ? colours.bad : colours.first } })),
        label: {
          show: true,
          position: 'right',
          color: colours.ink,
          formatter: ({ value }: { value: number }) => amount(figures[0]!, value),
        },
        ...(threshold === null
          ? {}
          : {
              markLine: {
                symbol: 'none',
                silent: true,
                lineStyle: { color: colours.bad, type: 'dashed' },
                label: { show: false },
                data: [{ xAxis: threshold }],
              },
            }),
      },
    ],
  };
};
