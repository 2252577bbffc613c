import { Inject, Injectable } from '@nestjs/common';
import { APPLICATION_PORTS } from '#application/dispatch/tokens';
import type { ApplicationPorts } from '#application/application.module';
import type { NetworkId } from '#domain/ids';
import { START } from '#event-store/log.port';

const STREAM = 'network-';

/** Every network of the installation that is open, for its operators: the log is read once, and from there on at each use. */
@Injectable()
export class OpenNetworks {
  private readonly known = new Set<NetworkId>();
  private readOn = START;

  constructor(@Inject(APPLICATION_PORTS) private readonly ports: Pick<ApplicationPorts, 'log'>) {}

  async all(): Promise<readonly NetworkId[]> {
    const { log } = this.ports;
    const head = await log.head();
    for await (const { stream } of log.readAll({ after: this.readOn, filter: { types: ['NetworkOpened'] } }))
      this.known.add(stream.slice(STREAM.length) as NetworkId);
    this.readOn = head;
    return [...this.known];
  }
}
