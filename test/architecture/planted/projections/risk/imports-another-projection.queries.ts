import { table } from '#projections/hours/hours.table';

export const wrong = table;
