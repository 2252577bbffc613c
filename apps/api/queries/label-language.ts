import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { NetworkFactsSource } from '#application/dispatch/network-facts';
import { NETWORK_FACTS } from '#application/dispatch/tokens';
import type { Language } from '#domain/vocabulary';
import { LanguagesOf } from '#projections/member-page/languages.queries';
import type { Caller } from '../../installation/access';
import { acceptedLanguage } from '../http/accepted';

/** In which language labels and hints are told: as asked, else as the request accepts, else the profile's first, else the network's. */
@Injectable()
export class LabelLanguage {
  constructor(
    private readonly queries: QueryBus,
    @Inject(NETWORK_FACTS) private readonly facts: NetworkFactsSource,
  ) {}

  async for(
    { networkId, actor }: Pick<Caller, 'networkId' | 'actor'>,
    asked: Language | undefined,
    acceptLanguage: string | undefined,
  ): Promise<Language> {
    const wanted = asked ?? acceptedLanguage(acceptLanguage) ?? (await this.queries.execute(new LanguagesOf(networkId, actor.id)))[0];
    return wanted ?? (await this.facts.of(networkId))?.defaultLanguage ?? 'fr';
  }
}
