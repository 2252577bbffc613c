import { Inject, Injectable } from '@nestjs/common';
import type { NetworkFactsSource } from '#application/dispatch/network-facts';
import { NETWORK_FACTS } from '#application/dispatch/tokens';
import type { Belonging, Holder } from '../../installation/access';
import { OpenNetworks } from './open-networks';
import { Visibility } from './visibility';

/** Where somebody may begin: the open networks in which they have roles, and for an operator of the installation every open one (R23). */
@Injectable()
export class NetworksOfHolder {
  constructor(
    private readonly visibility: Visibility,
    private readonly open: OpenNetworks,
    @Inject(NETWORK_FACTS) private readonly facts: NetworkFactsSource,
  ) {}

  async shown({ networks, isOperator }: Holder) {
    const begins = isOperator ? await this.operated(networks) : networks;
    const all = await Promise.all(begins.map((belonging) => this.one(belonging)));
    return all.flatMap((network) => network ?? []);
  }

  private async operated(networks: readonly Belonging[]): Promise<readonly Belonging[]> {
    const open = await this.open.all();
    const others = open.filter((id) => !networks.some(({ networkId }) => networkId === id));
    return [...networks, ...others.map((networkId) => ({ networkId, roles: [], id: null }))].map((one) => ({
      ...one,
      roles: [...one.roles, 'operator' as const],
    }));
  }

  /** Of networks that are not open yet, those whose lead they are. */
  async toOpen({ networks }: Holder): Promise<readonly string[]> {
    const led = networks.filter(({ roles }) => roles.includes('network-lead'));
    const open = await Promise.all(led.map(({ networkId }) => this.facts.of(networkId)));
    return led.filter((_, index) => open[index] === null).map(({ networkId }) => networkId);
  }

  /** Null where no such network is open yet. */
  private async one({ networkId, roles, id }: Belonging) {
    const facts = await this.facts.of(networkId);
    if (!facts) return null;
    const { label, defaultLanguage, timeZone } = facts;
    const membership = id === null ? null : ((await this.visibility.namesOf(networkId, [id])).get(id)?.status ?? null);
    return { networkId, label, defaultLanguage, timeZone, roles, membership };
  }
}
