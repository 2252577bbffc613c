import type { VerbClass } from '../verb-decorators';
import { AuditAccessVerb } from './looks/access.verb';
import { AuditCheckVerb } from './check.verb';
import { AuditCheckpointVerb } from './checkpoint.verb';
import { AuditConsistencyVerb } from './consistency.verb';
import { AuditCosignVerb } from './cosign.verb';
import { AuditEventVerb } from './looks/event.verb';
import { AuditExchangeVerb } from './looks/exchange.verb';
import { AuditExplainVerb } from './looks/explain.verb';
import { AuditExportVerb } from './looks/export.verb';
import { AuditKeyVerb } from './key.verb';
import { AuditProveVerb } from './prove.verb';
import { AuditTilesVerb } from './tiles.verb';
import { AuditVerifyVerb } from './verify.verb';
import { AuditWitnessVerb } from './witness.verb';

/** In the order in which help shows them. */
export const AUDIT_VERBS: readonly VerbClass[] = [
  AuditExchangeVerb,
  AuditEventVerb,
  AuditExplainVerb,
  AuditExportVerb,
  AuditAccessVerb,
  AuditKeyVerb,
  AuditCheckpointVerb,
  AuditCheckVerb,
  AuditVerifyVerb,
  AuditProveVerb,
  AuditTilesVerb,
  AuditConsistencyVerb,
  AuditWitnessVerb,
  AuditCosignVerb,
];
