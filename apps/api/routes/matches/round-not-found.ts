import { problem, type ProblemError } from '../../problems/problem';

export const roundNotFound = (): ProblemError =>
  problem(404, 'round-not-found', { en: 'There is no such round', fr: 'Ce tour d’appariement n’existe pas' });
