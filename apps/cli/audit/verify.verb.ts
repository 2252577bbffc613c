import { Option, SubCommand } from '../verb-decorators';
import { BundleRefused } from '#audit/bundle/bundle';
import { verifyBundle, type BundleProven, type Trusted } from '#audit/bundle/verify-bundle';
import { say } from '../output';
import { Verb } from '../verb';
import { textOf } from './input';

const NOT_PROVEN = 1;

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** What it proves, and what it does not, in one sentence. */
const sentenceOf = ({ origin, size, events, streams, witnesses, withheld }: BundleProven, { key }: Trusted): string => {
  const whole = streams.filter(({ isWhole }) => isWhole).length;
  const signers = witnesses.length === 0 ? 'by nobody else' : `by ${witnesses.join(', ')} too`;
  const hidden = withheld === 0 ? '' : ` (of ${withheld}, the data is withheld)`;
  const whose = key === undefined ? 'whose log it is (the key came with the file: compare it, or give --key), ' : '';
  return (
    `This proves that ${counted(events, 'event', 'events')}${hidden} of ${counted(streams.length, 'history', 'histories')}, ${whole} of them from the first event on without a gap, ` +
    `stood in the log ${origin} as they stand here when it had ${size} events, which was signed by its key and ${signers}; ` +
    `it does not prove ${whose}that nothing came after, or that what was recorded is true.`
  );
};

@SubCommand({
  name: 'verify',
  arguments: '<file>',
  description: 'Check a file of evidence, offline, and say in one sentence what it proves and what not',
})
export class AuditVerifyVerb extends Verb {
  async run(given: string[], trusted: { readonly key?: string; readonly witness?: readonly string[] }): Promise<void> {
    this.only(given, 1);
    const [path = ''] = given;
    const known: Trusted = { ...trusted, witnesses: trusted.witness ?? [] };
    try {
      process.stdout.write(`${sentenceOf(verifyBundle(await textOf('The argument', path), known), known)}\n`);
    } catch (fault) {
      if (!(fault instanceof BundleRefused)) throw fault;
      say(`This proves nothing: ${fault.message}.`);
      process.exitCode = NOT_PROVEN;
    }
  }

  @Option({ flags: '--key <key>', description: 'the log’s public key, as you have it from elsewhere: no other is taken' })
  key(text: string): string {
    return text;
  }

  @Option({ flags: '--witness <key>', description: 'a witness that must have signed, by its public key; may be given several times' })
  witness(text: string, before: readonly string[] = []): readonly string[] {
    return [...before, text];
  }
}
