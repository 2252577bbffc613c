import { SubCommand } from '../verb-decorators';
import { verifierKeyText } from '#audit/notes/note-key';
import { withInstallation } from '../installation-of';
import { Verb } from '../verb';

@SubCommand({
  name: 'key',
  description: 'Print the public key of the log’s checkpoints, in one line (name+id+key): give it to whoever is to check them',
})
export class AuditKeyVerb extends Verb {
  async run(given: string[]): Promise<void> {
    this.only(given, 0);
    await withInstallation(async ({ tree }) => void process.stdout.write(`${verifierKeyText(tree.key)}\n`));
  }
}
