import { Pool } from 'pg';

export const openPostgres = Pool;
