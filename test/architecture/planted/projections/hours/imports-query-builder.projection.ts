import { Kysely } from 'kysely';

export const wrong = Kysely;
