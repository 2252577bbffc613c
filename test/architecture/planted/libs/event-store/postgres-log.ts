import { Pool } from 'pg';
import type { Log } from './log.port';

export const postgresLog = (log: Log): readonly unknown[] => [log, Pool];
