import { Option, SubCommand } from '../verb-decorators';
import { badUsage, networkIdIn } from '../usage';
import { Verb } from '../verb';
import { developmentToken, rolesIn } from './token';

interface Options {
  readonly network?: string;
}

@SubCommand({
  name: 'token',
  arguments: '<subject> [roles...]',
  argsDescription: {
    subject: 'who it is: any word; the same word is the same person again',
    roles: 'what their token claims, separated by blanks; member where none is named',
  },
  description: 'Sign a token of twelve hours for somebody who does not exist, to try the network as. Not in production.',
})
export class TokenVerb extends Verb {
  async run([subject, ...roles]: string[], { network }: Options): Promise<void> {
    if (subject === undefined) throw badUsage('Name a subject, then roles: savoirs data token zoe member.');
    process.stdout.write(`${await developmentToken({ subject, roles: rolesIn(roles), network })}\n`);
  }

  @Option({ flags: '--network <id>', description: 'left out: the one that npm start opened here' })
  network(text: string): string {
    return networkIdIn(text);
  }
}
