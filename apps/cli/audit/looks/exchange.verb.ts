import { Option, SubCommand } from '../../verb-decorators';
import type { ExchangeId } from '#domain/ids';
import type { Language } from '#domain/vocabulary';
import type { Position } from '#event-store/log.port';
import { lookAtExchange } from '../../../audit/look';
import type { Moment } from '../../../audit/moment';
import { badData, badUsage, instantIn } from '../../usage';
import { withAuditor, type Auditor } from './desk';
import { networkOf } from './index-of-exchanges';
import { idIn, LookVerb, motiveIn, type LookOptions } from './look-base';
import { writtenReplay, type ReplayForm } from './written-replay';

interface Options extends LookOptions {
  readonly asOf?: Moment;
  readonly diff?: Moment;
  readonly names?: string;
  readonly output: ReplayForm;
  readonly language: Language;
}

const FORMS: readonly ReplayForm[] = ['table', 'json', 'csv', 'html'];

const momentIn =
  (name: string) =>
  (text: string): Moment => {
    const version = /^v(\d{1,7})$/.exec(text)?.[1];
    if (version !== undefined) return { revision: Number(version) };
    const position = /^(\d{1,20})(?:\.[0-9a-f]{8})?$/.exec(text)?.[1];
    if (position !== undefined) return { position: position.padStart(20, '0') as Position };
    return { date: instantIn(name)(text) };
  };

@SubCommand({
  name: 'exchange',
  arguments: '<id>',
  description: 'Replay an exchange over all histories that led to it, from the log, by ids and without texts; the look is recorded',
})
export class AuditExchangeVerb extends LookVerb {
  async run(given: string[], options: Options): Promise<void> {
    this.only(given, 1);
    const exchangeId = idIn('an exchange', given[0]) as ExchangeId;
    await withAuditor({ by: options.by, verb: 'exchange' }, (auditor) => this.look(auditor, exchangeId, options));
  }

  private async look(auditor: Auditor, exchangeId: ExchangeId, options: Options): Promise<void> {
    const { motive, asOf = 'latest', diff, names, output, language } = options;
    const networkId = await networkOf(auditor, exchangeId);
    const looked = await lookAtExchange(await auditor.desk(networkId), {
      ...{ exchangeId, motive, at: asOf },
      ...(diff === undefined ? {} : { since: diff }),
      ...(names === undefined ? {} : { namesMotive: names }),
    });
    if (!looked) throw badData('Nothing was there yet at that moment.');
    process.stdout.write(writtenReplay(looked, { exchangeId, networkId, language }, output));
  }

  @Option({ flags: '--as-of <moment>', description: 'as it stood: a date, a position of the log, or a version such as v2' })
  asOf(text: string): Moment {
    return momentIn('--as-of')(text);
  }

  @Option({ flags: '--diff <moment>', description: 'besides, what is otherwise than at this moment: a date, a position or a version' })
  diff(text: string): Moment {
    return momentIn('--diff')(text);
  }

  @Option({ flags: '--names <motive>', description: 'names, too: why they are needed; each is recorded as a look of its own' })
  names(text: string): string {
    return motiveIn('--names', text);
  }

  @Option({ flags: '--output <form>', description: 'table, json, csv or html: a page to print', defaultValue: 'table' })
  output(text: string): ReplayForm {
    const form = FORMS.find((one) => one === text);
    if (!form) throw badUsage(`--output must be one of ${FORMS.join(', ')}.`);
    return form;
  }

  @Option({ flags: '--language <code>', description: 'of the page, fr or en', defaultValue: 'fr' })
  language(text: string): Language {
    if (text !== 'fr' && text !== 'en') throw badUsage('--language must be fr or en.');
    return text;
  }
}
