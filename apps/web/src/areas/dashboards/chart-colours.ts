import { type themeNow } from '../../shell/theme';

export type Theme = ReturnType<typeof themeNow.get>;

/** The site's colours as a chart needs them: plain ones. */
export interface Colours {
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  readonly surface: string;
  readonly first: string;
  readonly second: string;
  readonly bad: string;
}

const PAIR = /light-dark\(\s*([^,]+?)\s*,\s*([^)]+?)\s*\)/;

export const coloursOf = (theme: Theme): Colours => {
  const tokens = getComputedStyle(document.documentElement);
  const of = (name: string): string => {
    const said = tokens.getPropertyValue(`--${name}`).trim();
    const [, light, dark] = PAIR.exec(said) ?? [said, said, said];
    return (theme === 'dark' ? dark : light) ?? said;
  };
  return {
    ink: of('ink'),
    soft: of('ink-soft'),
    line: of('line'),
    surface: of('surface'),
    first: of('accent'),
    second: of('warn'),
    bad: of('bad'),
  };
};

export const FONT = "'Atkinson Hyperlegible Next Variable', system-ui, sans-serif";

/** What all charts have in common. `description`: what a screen reader says of it; the table beside it has the numbers. */
export const common = ({ ink, soft, surface, line }: Colours, description: string) => ({
  animation: false,
  aria: { enabled: true, label: { description } },
  textStyle: { fontFamily: FONT, fontSize: 13, color: ink },
  // the Content-Security-Policy allows no style in markup, which the other mode writes
  tooltip: {
    renderMode: 'richText' as const,
    confine: true,
    backgroundColor: surface,
    borderColor: line,
    textStyle: { color: ink, fontFamily: FONT, fontSize: 13 },
  },
  legend: { bottom: 0, textStyle: { color: soft, fontFamily: FONT } },
});

export const axis = ({ soft, line }: Colours) => ({
  axisLabel: { color: soft, fontFamily: FONT, fontSize: 12 },
  axisLine: { lineStyle: { color: line } },
  axisTick: { show: false },
  splitLine: { lineStyle: { color: line } },
});
