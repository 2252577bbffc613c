import type { VerbClass } from '../verb-decorators';
import { BackupVerb } from './backup.verb';
import { DemoVerb } from './demo.verb';
import { ErasuresVerb } from './erasures.verb';
import { ImportVerb } from './import.verb';
import { RestoreVerb } from './restore.verb';
import { RetentionVerb } from './retention.verb';
import { TokenVerb } from './token.verb';
import { TopicsVerb } from './topics.verb';

/** In the order in which help shows them. */
export const DATA_VERBS: readonly VerbClass[] = [
  DemoVerb,
  TopicsVerb,
  ImportVerb,
  BackupVerb,
  RestoreVerb,
  ErasuresVerb,
  RetentionVerb,
  TokenVerb,
];
