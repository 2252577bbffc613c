import { Command } from 'nest-commander';
import { Verb } from '../verb';
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

@Command({
  name: 'audit',
  description:
    'Replay exchanges, open events, explain figures, each look recorded; prove the log of events to others: what is signed, evidence in one file, files for a web server, a witness',
  subCommands: [
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
  ],
})
export class AuditVerb extends Verb {
  async run(given: string[]): Promise<void> {
    this.other(given);
  }
}
