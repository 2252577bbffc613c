import { ProjectionsCertifyVerb } from '../certify/certify.verb';
import type { VerbClass } from '../verb-decorators';
import { PauseVerb, RebuildVerb, ResumeVerb, RollbackVerb, StopVerb, SwitchVerb } from './build.verbs';
import { ListVerb } from './list.verb';
import { CompareVerb, ProgressVerb } from './looking.verbs';
import { ParkedVerb, RetryVerb, SkipVerb } from './parked.verbs';

/** In the order in which help shows them. */
export const PROJECTIONS_VERBS: readonly VerbClass[] = [
  ListVerb,
  ProgressVerb,
  RebuildVerb,
  StopVerb,
  PauseVerb,
  ResumeVerb,
  CompareVerb,
  SwitchVerb,
  RollbackVerb,
  ParkedVerb,
  RetryVerb,
  SkipVerb,
  ProjectionsCertifyVerb,
];
