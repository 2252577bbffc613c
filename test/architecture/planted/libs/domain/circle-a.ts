import { b } from './other-half';

export const a = (): unknown => b;
