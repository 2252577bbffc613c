import { Option, SubCommand } from '../verb-decorators';
import { NoteKeyError, readVerifierKey, verifierKeyText, type VerifierKey } from '#audit/notes/note-key';
import { NoteRefused, signatureLines } from '#audit/notes/signed-note';
import { RequestRefused } from '#audit/witnessing/checkpoint-request';
import { witnessIn, witnessKey } from '#audit/witnessing/witness-folder';
import { WitnessRefused } from '#audit/witnessing/witness';
import { say } from '../output';
import { badUsage } from '../usage';
import { Verb } from '../verb';
import { textOf } from './input';

interface Options {
  readonly folder: string;
  readonly name: string;
  readonly log?: VerifierKey;
  readonly key?: boolean;
}

const REFUSED = 1;

@SubCommand({
  name: 'witness',
  arguments: '[file]',
  description:
    'Be a witness of a log: keep its last checkpoint, sign what continues it, refuse another history. Reads what `consistency` printed (- for stdin)',
})
export class AuditWitnessVerb extends Verb {
  async run(given: string[], { folder, name, log, key: showKey = false }: Options): Promise<void> {
    this.only(given, 1);
    const key = await witnessKey(folder, name).catch((fault: unknown) => {
      throw fault instanceof NoteKeyError ? badUsage('--name must be a name without spaces and “+”, as witness.example.org.') : fault;
    });
    if (showKey) return void process.stdout.write(`${verifierKeyText(key)}\n`);
    const [path] = given;
    if (path === undefined || log === undefined)
      throw badUsage('Give --log, the log’s public key, and the file with the checkpoint, or - for stdin.');
    try {
      const signature = await witnessIn({ folder, log, key, now: Date.now() }, await textOf('The argument', path));
      process.stdout.write(signatureLines([signature]));
    } catch (fault) {
      if (!(fault instanceof WitnessRefused || fault instanceof RequestRefused || fault instanceof NoteRefused)) throw fault;
      say(`Not signed: ${fault.message}`);
      process.exitCode = REFUSED;
    }
  }

  @Option({
    flags: '--folder <folder>',
    description: 'where the witness keeps its key and the last checkpoint of each log',
    required: true,
  })
  folder(text: string): string {
    return text;
  }

  @Option({ flags: '--name <name>', description: 'the witness’s own name, as witness.example.org', required: true })
  name(text: string): string {
    return text;
  }

  @Option({ flags: '--log <key>', description: 'public key of the log, as `savoirs audit key` printed it there' })
  log(text: string): VerifierKey {
    try {
      return readVerifierKey(text);
    } catch {
      throw badUsage('--log must be a log’s public key, as `savoirs audit key` prints it.');
    }
  }

  @Option({ flags: '--key', description: 'sign nothing: print the witness’s public key' })
  key(): boolean {
    return true;
  }
}
