import { Inject, Injectable } from '@nestjs/common';
import type { ApplicationPorts } from '#application/application.module';
import { APPLICATION_PORTS } from '#application/dispatch/tokens';
import type { Desk } from '../../../audit/look';
import { AccessRecorder } from '../../commands/access-recorder';
import type { AskedEnvelope } from '../../commands/envelope';
import { QueryRunner } from '../../queries/query-runner';
import { NAMES } from '../../queries/visibility';

/** Where an auditor looks over HTTP, under their own name and motive. */
@Injectable()
export class AuditDesks {
  constructor(
    private readonly accesses: AccessRecorder,
    private readonly reading: QueryRunner,
    @Inject(APPLICATION_PORTS) private readonly ports: Pick<ApplicationPorts, 'log' | 'codec'>,
  ) {}

  /** Whole up to the moment in which it is asked for: nothing may be missing from an audit. */
  async open(envelope: AskedEnvelope): Promise<Desk> {
    const after = { position: await this.ports.log.head(), log: null };
    return {
      networkId: envelope.networkId,
      ports: this.ports,
      ask: (query) => this.reading.ask(query, { models: ['exchange-streams', ...NAMES], after }),
      record: (look) => this.accesses.record(envelope, look),
    };
  }
}
