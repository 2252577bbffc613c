import { Command } from 'nest-commander';
import { Verb } from '../verb';
import { AuditCheckVerb } from './check.verb';
import { AuditCheckpointVerb } from './checkpoint.verb';
import { AuditKeyVerb } from './key.verb';
import { AuditTilesVerb } from './tiles.verb';

@Command({
  name: 'audit',
  description: 'Prove the log of events to others: checkpoints that are signed, tiles for a web server, a check of the log against both',
  subCommands: [AuditKeyVerb, AuditCheckpointVerb, AuditCheckVerb, AuditTilesVerb],
})
export class AuditVerb extends Verb {
  async run(given: string[]): Promise<void> {
    this.other(given);
  }
}
