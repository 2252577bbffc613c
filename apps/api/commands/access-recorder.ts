import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { CommandId } from '#kernel/id';
import { RecordAccess, type RecordAccessDto } from '#application/audit/record-access';
import type { AskedEnvelope } from './envelope';
import { problem } from '../problems/problem';
import { refused } from '../problems/refusals';

/** What is looked at, and why; the way is the request’s. */
export type Look = Omit<RecordAccessDto, 'route'>;

/** §7: each look-up is itself recorded, with a motive, before anything is shown. */
@Injectable()
export class AccessRecorder {
  constructor(private readonly commands: CommandBus) {}

  /** Each look at personal data is a fact of its own (§7): no Idempotency-Key makes one of two. */
  async record({ networkId, by, route }: AskedEnvelope, look: Look): Promise<void> {
    const each = { networkId, by, commandId: randomUUID() as CommandId };
    const recorded = await this.commands.execute(new RecordAccess(each, { ...look, route }));
    if (recorded.outcome === 'rejected') throw refused(recorded.refusal);
    if (recorded.outcome === 'unknown')
      throw problem(503, 'unknown-outcome', {
        en: 'The look-up could not be recorded: try again',
        fr: 'La consultation n’a pu être enregistrée : réessayez',
      });
  }
}
