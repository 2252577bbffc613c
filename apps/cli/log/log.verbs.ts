import type { VerbClass } from '../verb-decorators';
import { LogAdoptVerb } from './adopt.verb';
import { LogCopyVerb } from './copy.verb';
import { LogVerifyVerb } from './verify.verb';

/** In the order in which help shows them. */
export const LOG_VERBS: readonly VerbClass[] = [LogCopyVerb, LogVerifyVerb, LogAdoptVerb];
