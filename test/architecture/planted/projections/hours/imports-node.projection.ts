import { randomUUID } from 'node:crypto';

export const wrong = randomUUID;
