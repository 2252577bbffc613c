import { Option, SubCommand } from '../../verb-decorators';
import type { Instant } from '#kernel/id';
import { asOfOrNow } from '#kernel/instant';
import type { NetworkId } from '#domain/ids';
import { indicators as risks } from '#projections/risk/figure';
import { indicators as satisfactions } from '#projections/satisfaction/definitions';
import { outputIn, print, type Output } from '../../output';
import { badData, badUsage, instantIn, networkIdIn } from '../../usage';
import { withAuditor } from './desk';
import { explained, type FigureNamed } from './explanation';
import { LookVerb, type LookOptions } from './look-base';

interface Options extends LookOptions {
  readonly network: NetworkId;
  readonly cell: string;
  readonly asOf?: Instant;
  readonly output: Output;
}

/** @throws CliProblem that names them all */
const figureNamed = (indicator: string, cell: string): FigureNamed => {
  const risk = risks.find((one) => one === indicator);
  if (risk) return { dashboard: 'risk', indicator: risk, cell: cell === 'network' ? null : cell };
  const satisfaction = satisfactions.find((one) => one === indicator);
  if (satisfaction) return { dashboard: 'satisfaction', indicator: satisfaction, cell };
  throw badUsage(`There is no such figure: ${[...risks, ...satisfactions].join(', ')}.`);
};

@SubCommand({
  name: 'explain',
  arguments: '<figure>',
  argsDescription: { figure: 'a risk or a satisfaction figure, as imbalance or responseRate' },
  description:
    'How a figure came to be: its rules, its formula with the operands, whom and what these count by opaque id, and the events. The look is recorded.',
})
export class AuditExplainVerb extends LookVerb {
  async run(given: string[], { network, motive, by, cell, asOf: date, output }: Options): Promise<void> {
    this.only(given, 1);
    const of = figureNamed(given[0] ?? '', cell);
    await withAuditor({ by, verb: 'explain' }, async ({ ask, installation, desk }) => {
      if (!(await installation.application.facts.of(network))) throw badData(`There is no network ${network} here.`);
      const { record } = await desk(network);
      await record({ subject: `${of.dashboard}/${of.indicator}/${cell}`, purpose: 'audit', motive });
      const asOf = asOfOrNow(date, installation.clock.now());
      print(['part', 'of', 'value'], await explained({ execute: ask }, { network, asOf, of }), output);
    });
  }

  @Option({ flags: '--output <form>', description: 'table, json or csv', defaultValue: 'table' })
  output(text: string): Output {
    return outputIn(text);
  }

  @Option({ flags: '--network <id>', description: 'whose figure', required: true })
  network(text: string): string {
    return networkIdIn(text);
  }

  @Option({ flags: '--cell <cell>', description: 'network, site:CODE, unit:CODE, topic:URI or role:ROLE', defaultValue: 'network' })
  cell(text: string): string {
    return text;
  }

  @Option({ flags: '--as-of <date>', description: 'by what was recorded at a date (default: now)' })
  asOf(text: string): Instant {
    return instantIn('--as-of')(text);
  }
}
