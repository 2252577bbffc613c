import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { NetworkFactsSource } from '#application/dispatch/network-facts';
import { NETWORK_FACTS } from '#application/dispatch/tokens';
import { NamesOf } from '#projections/member-page/names.queries';
import { AnyToken, HolderOf, type Holder, type Belonging } from '../../installation/access';
import { ApiRead } from '../openapi/documented';
import { QueryRunner } from '../queries/query-runner';

/** Where somebody may begin: the networks of their token (R23). */
@ApiTags('network')
@Controller('networks')
export class NetworksController {
  constructor(
    private readonly reading: QueryRunner,
    @Inject(NETWORK_FACTS) private readonly facts: NetworkFactsSource,
  ) {}

  @Get()
  @AnyToken()
  @ApiRead('The open networks in which the token has roles: what they are called, and what one is there (R23)')
  async list(@HolderOf() { networks }: Holder) {
    const all = await Promise.all(networks.map((belonging) => this.shown(belonging)));
    return { networks: all.flatMap((network) => network ?? []) };
  }

  /** Null where no such network is open yet. */
  private async shown({ networkId, roles, id }: Belonging) {
    const facts = await this.facts.of(networkId);
    if (!facts) return null;
    const { label, defaultLanguage, timeZone } = facts;
    const { named } = await this.reading.ask(new NamesOf(networkId, id === null ? [] : [id]), { models: [], after: undefined });
    const membership = id === null ? null : (named.get(id)?.status ?? null);
    return { networkId, label, defaultLanguage, timeZone, roles, membership };
  }
}
