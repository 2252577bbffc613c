import { HttpException } from '@nestjs/common';
import { isLostServer, isUndoneForOthers } from '#postgres/lost-server';
import { ComputationStopped } from '#read-store/worker/worker-computation';
import { BadCursor } from '#read-store/cursor';
import { NotAtOnePosition } from '#read-store/builds/comparison';
import { BuildRefused, type BuildRefusal } from '#read-store/builds/cut-over';
import { ParkedRefused, type ParkedRefusal } from '#read-store/parked/parked-queue';
import { NotActive, WaitTimedOut } from '#read-store/read-store.port';
import { KeysUnavailable } from '../auth/tokens';
import { fieldRule } from './field-rules';
import { malformed, problem, ProblemError, type InEachLanguage } from './problem';

type ProblemText = readonly [code: string, en: string, fr: string];

const LINES: Readonly<Record<number, ProblemText>> = {
  400: ['malformed', 'The request is malformed', 'La requête est mal formée'],
  401: ['unauthenticated', 'Sign in, or bring a valid bearer token', 'Connectez-vous, ou présentez un jeton valide'],
  403: ['forbidden', 'This role may not do that', 'Ce rôle n’en a pas le droit'],
  404: ['not-found', 'There is nothing here', 'Il n’y a rien ici'],
  405: ['method-not-allowed', 'This method does not exist here', 'Cette méthode n’existe pas ici'],
  408: ['too-slow', 'The request took too long to arrive', 'La requête a mis trop longtemps à arriver'],
  413: ['too-large', 'The request is too large', 'La requête est trop grande'],
  414: ['too-large', 'The address is too long', 'L’adresse est trop longue'],
  415: ['not-json', 'Send application/json', 'Envoyez application/json'],
  417: ['expectation-failed', 'Send it without Expect', 'Envoyez-la sans Expect'],
  429: ['too-many-requests', 'Too many requests: wait a moment', 'Trop de requêtes : attendez un instant'],
  431: ['too-large', 'The headers are too large', 'Les en-têtes sont trop grands'],
  503: ['unavailable', 'The service is not ready', 'Le service n’est pas prêt'],
};

const OTHER: ProblemText = ['http-error', 'The request was refused', 'La requête a été refusée'];

/** What the framework refuses, by its status alone: its messages repeat what was sent. */
export const problemOfStatus = (status: number, headers: Readonly<Record<string, string>> = {}): ProblemError => {
  const [code, en, fr] = LINES[status] ?? OTHER;
  return new ProblemError({ status, code, title: { en, fr } }, headers);
};

/** What an operator asked for and cannot be; which read model it is stands in the detail. */
const REFUSED: Readonly<Record<BuildRefusal | ParkedRefusal, InEachLanguage>> = {
  'unknown-projection': { en: 'There is no such projection', fr: 'Cette projection n’existe pas' },
  'unknown-build': { en: 'There is no such build', fr: 'Cette construction n’existe pas' },
  'not-ready': { en: 'The build has not reached the log’s head yet', fr: 'La construction n’a pas encore atteint la tête du journal' },
  behind: { en: 'The build stands behind the active one: ask again', fr: 'La construction est en retard sur celle qui sert : redemandez' },
  'in-use': { en: 'It is in use at this moment: ask again', fr: 'Elle sert en ce moment : redemandez' },
  differs: {
    en: 'The build differs from the active one: read the report',
    fr: 'La construction diffère de celle qui sert : lisez le rapport',
  },
  'not-compared': {
    en: 'The build was not compared with the active one yet',
    fr: 'La construction n’a pas encore été comparée à celle qui sert',
  },
  'is-active': { en: 'What serves cannot be given up', fr: 'Ce qui sert ne peut être abandonné' },
  'nothing-kept': { en: 'No earlier build is kept', fr: 'Aucune construction antérieure n’est gardée' },
  'already-building': { en: 'It is being built already', fr: 'Elle est déjà en construction' },
  'not-a-read-model': { en: 'It is no read model that is built', fr: 'Ce n’est pas un modèle de lecture qui se construit' },
  'no-code': { en: 'This Savoirs has no code for it', fr: 'Ce Savoirs n’a pas de code pour cela' },
  'nothing-parked': { en: 'Nothing is parked there', fr: 'Rien n’y est mis de côté' },
  'not-first': { en: 'Another event waits before this one there', fr: 'Un autre événement y attend avant celui-ci' },
  'rows-unknown': { en: 'Nobody knows which rows it belongs to', fr: 'Personne ne sait à quelles lignes il appartient' },
  'several-rows': { en: 'Several rows lack this event: name one', fr: 'Cet événement manque à plusieurs lignes : nommez-en une' },
};

const statusOf = (fault: unknown): number | null => {
  const status = fault instanceof HttpException ? fault.getStatus() : (fault as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : null;
};

const NOT_THERE_YET = {
  en: 'The read model has not reached this position in time: ask again',
  fr: 'Le modèle de lecture n’a pas atteint cette position à temps : redemandez',
};
const NOT_AT_ONE = {
  en: 'Its builds do not stand at one position: ask again',
  fr: 'Ses constructions ne sont pas à la même position : redemandez',
};
const BEING_BUILT = {
  en: 'This read model is being built: ask again later',
  fr: 'Ce modèle de lecture est en construction : redemandez plus tard',
};

const UNKNOWN = /^(unknown-|nothing-parked)/;
const SOON = { 'retry-after': '1' };
const LATER = { 'retry-after': '10' };

/** Null: a fault, which nobody foresaw. */
export const problemOf = (fault: unknown): ProblemError | null => {
  if (fault instanceof ProblemError) return fault;
  if (fault instanceof BadCursor)
    return malformed({ field: 'cursor', message: fieldRule('give back the one that came with the page before') });
  if (fault instanceof WaitTimedOut) return new ProblemError({ status: 504, code: 'not-there-yet', title: NOT_THERE_YET }, SOON);
  if (fault instanceof BuildRefused || fault instanceof ParkedRefused)
    return problem(UNKNOWN.test(fault.code) ? 404 : 409, fault.code, REFUSED[fault.code], { detail: fault.message });
  if (fault instanceof NotAtOnePosition) return new ProblemError({ status: 409, code: 'not-at-one-position', title: NOT_AT_ONE }, SOON);
  if (fault instanceof NotActive) return new ProblemError({ status: 503, code: 'being-built', title: BEING_BUILT }, LATER);
  if (fault instanceof KeysUnavailable || fault instanceof ComputationStopped || isLostServer(fault) || isUndoneForOthers(fault))
    return problemOfStatus(503, SOON);
  const status = statusOf(fault);
  return status === null ? null : problemOfStatus(status);
};
