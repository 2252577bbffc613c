import { Option, SubCommand } from '../verb-decorators';
import type { PastOrNow } from '#kernel/id';
import { hoursByMonthThen } from '#projections/dated-queries';
import { RiskAt } from '#projections/risk/risk.queries';
import type { Dimension } from '#projections/satisfaction/figures';
import { SatisfactionAt } from '#projections/satisfaction/satisfaction.queries';
import { TrainingHoursByMonth } from '#projections/training-hours/training-hours.queries';
import { badUsage } from '../usage';
import { ShowVerb, type ShownTable, type Asks, type ShowOptions } from './show-base';

type Asked = Omit<ShowOptions, 'asOf'> & { readonly asOf: PastOrNow };

const rounded = (value: number | null): number | null => (value === null ? null : Math.round(value * 10_000) / 10_000);

@SubCommand({ name: 'risk', description: 'The risk indicators, each with its threshold' })
export class ShowRiskVerb extends ShowVerb {
  protected readonly columns = ['indicator', 'cell', 'value', 'unit', 'numerator', 'denominator', 'threshold', 'alert', 'hidden'];

  protected async ask(bus: Asks, { network, asOf }: Asked): Promise<ShownTable> {
    const { readPosition, figures } = await bus.execute(new RiskAt(network, asOf));
    const rows = figures.map(({ indicator, cell, value, unit, numerator, denominator, threshold, alert, hidden }) => ({
      indicator,
      cell: cell ?? 'network',
      value: rounded(value),
      unit,
      numerator: rounded(numerator),
      denominator: rounded(denominator),
      threshold,
      alert,
      hidden,
    }));
    return { readPosition, rows };
  }
}

const DIMENSIONS: readonly Dimension[] = ['network', 'site', 'unit', 'topic', 'role'];

@SubCommand({ name: 'satisfaction', description: 'The satisfaction indicators, never by person' })
export class ShowSatisfactionVerb extends ShowVerb {
  protected readonly columns = [
    'indicator',
    'cell',
    'value',
    'numerator',
    'denominator',
    'n',
    'responseRate',
    'low',
    'high',
    'movedAt',
    'hidden',
  ];

  protected async ask(bus: Asks, { network, asOf, by }: Asked & { readonly by?: Dimension }): Promise<ShownTable> {
    const { readPosition, figures } = await bus.execute(new SatisfactionAt(network, asOf, by ?? 'network'));
    const rows = figures.map((figure) =>
      figure.hidden
        ? { indicator: figure.indicator, cell: figure.cell, value: null, hidden: true }
        : {
            indicator: figure.indicator,
            cell: figure.cell,
            value: rounded(figure.value),
            numerator: rounded(figure.numerator),
            denominator: rounded(figure.denominator),
            n: figure.n,
            responseRate: rounded(figure.responseRate),
            low: rounded(figure.interval?.low ?? null),
            high: rounded(figure.interval?.high ?? null),
            movedAt: figure.movedAt,
            hidden: false,
          },
    );
    return { readPosition, rows };
  }

  @Option({ flags: '--by <dimension>', description: 'network, site, unit, topic or role: one at a time', defaultValue: 'network' })
  by(text: string): Dimension {
    const dimension = DIMENSIONS.find((one) => one === text);
    if (!dimension) throw badUsage(`--by must be one of ${DIMENSIONS.join(', ')}.`);
    return dimension;
  }
}

@SubCommand({ name: 'training-hours', description: 'Minutes of training by month, once it is over, learners and givers apart' })
export class ShowTrainingHoursVerb extends ShowVerb {
  protected override readonly past = hoursByMonthThen;
  protected readonly columns = ['month', 'learnerMinutes', 'giverMinutes', 'minutesOutside'];

  protected async ask(bus: Asks, { network, asOf }: Asked): Promise<ShownTable> {
    const days = { from: '1970-01-01', to: asOf.slice(0, 10) };
    const { readPosition, months } = await bus.execute(new TrainingHoursByMonth(network, days, { now: asOf, toTheDay: false }));
    return { readPosition, rows: months.map((month) => this.picked(month)) };
  }
}
