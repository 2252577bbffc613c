import type { CommandBus } from '@nestjs/cqrs';
import type { Envelope } from '#application/dispatch/envelope';
import { RecordAccess, type RecordAccessDto } from '#application/audit/record-access';
import { problem } from '../problems/problem';
import { refused } from '../problems/refusals';

/** §7: each look-up is itself recorded, with a motive, before anything is shown. */
export class AccessRecorder {
  constructor(private readonly commands: CommandBus) {}

  async record(envelope: Envelope, look: RecordAccessDto): Promise<void> {
    const recorded = await this.commands.execute(new RecordAccess(envelope, look));
    if (recorded.outcome === 'rejected') throw refused(recorded.refusal);
    if (recorded.outcome === 'unknown')
      throw problem(503, 'unknown-outcome', {
        en: 'The look-up could not be recorded: try again',
        fr: 'La consultation n’a pu être enregistrée : réessayez',
      });
  }
}
