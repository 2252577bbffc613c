import { Kysely } from 'kysely';

export const table = Kysely;
