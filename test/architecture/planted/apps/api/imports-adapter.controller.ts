import { postgresLog } from '#event-store/postgres-log';

export const wrong = postgresLog;
