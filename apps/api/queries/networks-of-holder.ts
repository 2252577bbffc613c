import { Inject, Injectable } from '@nestjs/common';
import type { NetworkFactsSource } from '#application/dispatch/network-facts';
import { NETWORK_FACTS } from '#application/dispatch/tokens';
import type { Belonging, Holder } from '../../installation/access';
import { Visibility } from './visibility';

/** Where somebody may begin: the open networks in which they have roles (R23). */
@Injectable()
export class NetworksOfHolder {
  constructor(
    private readonly visibility: Visibility,
    @Inject(NETWORK_FACTS) private readonly facts: NetworkFactsSource,
  ) {}

  async shown({ networks }: Holder) {
    const all = await Promise.all(networks.map((belonging) => this.one(belonging)));
    return all.flatMap((network) => network ?? []);
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
