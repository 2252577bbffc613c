import { DIMENSIONS, isDay, type Dimension } from '../dashboards/dashboards-search';

export const FAMILIES = ['risk', 'satisfaction', 'case'] as const;
export type Family = (typeof FAMILIES)[number];

/** Which figures an auditor looks at: in the address; the motive never is. */
export interface FiguresSearch {
  readonly family?: Family;
  readonly asOf?: string;
  readonly by?: Dimension;
}

export const figuresSearch = ({ family, asOf, by }: Record<string, unknown>): FiguresSearch => {
  const [chosen, dimension] = [FAMILIES.find((one) => one === family), DIMENSIONS.find((one) => one === by)];
  return { ...(chosen ? { family: chosen } : {}), ...(isDay(asOf) ? { asOf } : {}), ...(dimension ? { by: dimension } : {}) };
};
