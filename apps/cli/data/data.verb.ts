import { Command } from 'nest-commander';
import { Verb } from '../verb';
import { BackupVerb } from './backup.verb';
import { DemoVerb } from './demo.verb';
import { ErasuresVerb } from './erasures.verb';
import { ImportVerb } from './import.verb';
import { RestoreVerb } from './restore.verb';
import { RetentionVerb } from './retention.verb';
import { TokenVerb } from './token.verb';
import { TopicsVerb } from './topics.verb';

@Command({
  name: 'data',
  description:
    'Bring data in: a demo, a list of topics, the entries of a fair; back everything up, and restore it; see what is kept for too long',
  subCommands: [DemoVerb, TopicsVerb, ImportVerb, BackupVerb, RestoreVerb, ErasuresVerb, RetentionVerb, TokenVerb],
})
export class DataVerb extends Verb {
  async run(given: string[]): Promise<void> {
    this.other(given);
  }
}
