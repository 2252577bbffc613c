import { BarChart, CustomChart, LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers';
import type { EChartsCoreOption } from 'echarts/core';

use([
  BarChart,
  CustomChart,
  LineChart,
  AriaComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
  CanvasRenderer,
  SVGRenderer,
]);

export interface Drawn {
  readonly show: (option: EChartsCoreOption) => void;
  /** To where it stands, or to a width. */
  readonly fit: (width?: number) => void;
  readonly end: () => void;
}

export const draw = (into: HTMLElement): Drawn => {
  const chart = init(into, null, { renderer: 'svg' });
  return {
    show: (option) => chart.setOption(option, { notMerge: true }),
    fit: (width) => chart.resize({ width: width ?? 'auto' }),
    end: () => chart.dispose(),
  };
};

const PICTURE = { width: 960, height: 480, devicePixelRatio: 2 };

/** The same chart as a picture, for a slide. */
export const pictureOf = async (option: EChartsCoreOption): Promise<Blob> => {
  const canvas = document.createElement('canvas');
  const chart = init(canvas as unknown as HTMLElement, null, { renderer: 'canvas', ...PICTURE });
  chart.setOption(option);
  const picture = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  chart.dispose();
  if (!picture) throw new Error('no picture');
  return picture;
};
