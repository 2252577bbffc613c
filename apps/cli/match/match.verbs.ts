import type { VerbClass } from '../verb-decorators';
import { MatchExplainVerb } from './explain.verb';
import { MatchReplayVerb } from './replay.verb';
import { MatchScarcityVerb } from './scarcity.verb';

export const MATCH_VERBS: readonly VerbClass[] = [MatchExplainVerb, MatchReplayVerb, MatchScarcityVerb];
