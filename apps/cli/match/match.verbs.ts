import type { VerbClass } from '../verb-decorators';
import { MatchReplayVerb } from './replay.verb';

export const MATCH_VERBS: readonly VerbClass[] = [MatchReplayVerb];
