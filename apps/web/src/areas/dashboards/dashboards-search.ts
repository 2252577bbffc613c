/** A dashboard's past day, in the address so that it can be sent to somebody; without it, the present. */
export interface DashboardSearch {
  readonly asOf?: string;
  /** Of an indicator that has several: `site:CODE`. */
  readonly cell?: string;
  readonly by?: Dimension;
}

export const DIMENSIONS = ['network', 'site', 'unit', 'topic', 'role'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** A day of the calendar, no earlier than there can be a network. */
export const isDay = (text: unknown): text is string =>
  typeof text === 'string' && /^2\d{3}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));

export const dashboardSearch = ({ asOf, cell, by }: Record<string, unknown>): DashboardSearch => {
  const dimension = DIMENSIONS.find((one) => one === by);
  return {
    ...(isDay(asOf) ? { asOf } : {}),
    ...(typeof cell === 'string' && cell !== '' ? { cell } : {}),
    ...(dimension ? { by: dimension } : {}),
  };
};
