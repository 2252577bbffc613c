import { randomBytes } from 'node:crypto';
import type { Salt } from '#domain/ids';

/** 128 random bits for one evaluation or follow-up (R15). Edges ask for them: to a decider they are data. */
export const freshSalt = (): Salt => randomBytes(16).toString('hex') as Salt;
