import { openPostgres } from '#postgres/connect';

export const wrong = openPostgres;
