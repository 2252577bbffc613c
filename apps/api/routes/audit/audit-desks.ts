import { Inject, Injectable } from '@nestjs/common';
import type { ApplicationPorts } from '#application/application.module';
import { APPLICATION_PORTS } from '#application/dispatch/tokens';
import { StreamsOfExchange } from '#projections/exchange-streams/exchange-streams.queries';
import { NamesOf } from '#projections/member-page/names.queries';
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

  open(envelope: AskedEnvelope): Desk {
    const { networkId } = envelope;
    const head = this.ports.log.head();
    // whoever asks for it learns of its fault; not every look does
    head.catch(() => undefined);
    return {
      networkId,
      ports: this.ports,
      streamsOf: async (exchangeId) =>
        (await this.reading.askUpTo(new StreamsOfExchange(exchangeId), { models: ['exchange-streams'], head })).exchange,
      namesOf: async (memberIds) => {
        const after = { position: await head, log: null };
        return (await this.reading.ask(new NamesOf(networkId, memberIds), { models: NAMES, after })).named;
      },
      record: (look) => this.accesses.record(envelope, look),
    };
  }
}
