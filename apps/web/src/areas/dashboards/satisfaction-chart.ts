import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams, CustomSeriesRenderItemReturn } from 'echarts/types/dist/shared';
import type { EChartsCoreOption } from 'echarts/core';
import { share } from './figure-words';
import { axis, common, type Colours } from './chart-colours';

export interface ShareBar {
  readonly name: string;
  readonly value: number | null;
  readonly interval: { readonly low: number; readonly high: number } | null;
}

const CAP = 5;

/** Shares as bars, each with its interval as a whisker. */
export const sharesOf = (colours: Colours, bars: readonly ShareBar[], description: string): EChartsCoreOption => {
  const whisker = (_: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI): CustomSeriesRenderItemReturn => {
    const [low = 0, y = 0] = api.coord([api.value(0), api.value(2)]);
    const [high = 0] = api.coord([api.value(1), api.value(2)]);
    const line = (x1: number, y1: number, x2: number, y2: number) =>
      ({ type: 'line', shape: { x1, y1, x2, y2 }, style: { stroke: colours.ink, lineWidth: 1.5 } }) as const;
    return { type: 'group', children: [line(low, y, high, y), line(low, y - CAP, low, y + CAP), line(high, y - CAP, high, y + CAP)] };
  };
  const whiskers = bars.flatMap(({ interval }, at) => (interval ? [[interval.low, interval.high, at]] : []));
  return {
    ...common(colours, description),
    tooltip: { show: false },
    grid: { left: 8, right: 24, top: 8, bottom: 8, containLabel: true },
    xAxis: {
      type: 'value',
      min: 0,
      max: 1,
      ...axis(colours),
      axisLabel: { ...axis(colours).axisLabel, formatter: share, hideOverlap: true },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: bars.map(({ name }) => name),
      ...axis(colours),
      axisLabel: { ...axis(colours).axisLabel, width: 170, lineHeight: 15, overflow: 'break' },
    },
    series: [
      { type: 'bar', barMaxWidth: 20, itemStyle: { color: colours.first }, data: bars.map(({ value }) => value) },
      { type: 'custom', renderItem: whisker, encode: { x: [0, 1], y: 2 }, data: whiskers, z: 5, silent: true },
    ],
  };
};
