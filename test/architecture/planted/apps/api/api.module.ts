import { openPostgres } from '#postgres/connect';
import { postgresLog } from '#event-store/postgres-log';

export const wiring = [openPostgres, postgresLog];
