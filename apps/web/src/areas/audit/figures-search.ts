import { DIMENSIONS, isDay, type Dimension } from '../dashboards/dashboards-search';

export const FAMILIES = ['risk', 'satisfaction', 'case'] as const;
export type Family = (typeof FAMILIES)[number];

/** Which figures an auditor looks at: in the address; the motive never is. */
export interface FiguresSearch {
  readonly family?: Family;
  readonly asOf?: string;
  readonly by?: Dimension;
  /** Which one is opened at once: come to from a dashboard. */
  readonly indicator?: string;
  readonly cell?: string;
}

const textIn = (name: 'indicator' | 'cell', value: unknown) => (typeof value === 'string' && value !== '' ? { [name]: value } : {});

export const figuresSearch = ({ family, asOf, by, indicator, cell }: Record<string, unknown>): FiguresSearch => {
  const [chosen, dimension] = [FAMILIES.find((one) => one === family), DIMENSIONS.find((one) => one === by)];
  const opened = { ...textIn('indicator', indicator), ...textIn('cell', cell) };
  return { ...(chosen ? { family: chosen } : {}), ...(isDay(asOf) ? { asOf } : {}), ...(dimension ? { by: dimension } : {}), ...opened };
};
