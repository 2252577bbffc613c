import { number } from '../../i18n/format';
import { alertsBelow, indicatorOf, type RiskFigure } from './indicators';
import { useRiskTexts } from './risk-texts';

export const share = (value: number): string => number(value, { style: 'percent', maximumFractionDigits: 1 });
const plain = (value: number): string => number(value, { maximumFractionDigits: 2 });
const rounded = (value: number): string => number(value, { maximumFractionDigits: Math.abs(value) < 10 ? 1 : 0 });

type Said = Pick<RiskFigure, 'indicator' | 'unit'>;

/** Figures as one reads them: with their unit, in words where there is none. */
export const useFigureWords = () => {
  const say = useRiskTexts();
  const amount = ({ unit }: Said, value: number): string => {
    if (unit === 'share') return share(value);
    if (unit === 'days') return say('days', { count: Math.round(value), figure: rounded(value) });
    if (unit === 'per-100') return say('per-100', { figure: rounded(value) });
    return plain(value);
  };
  return {
    amount,
    value: (figure: RiskFigure): string => {
      if (figure.hidden) return say('hidden');
      return figure.value === null ? say('none') : amount(figure, figure.value);
    },
    threshold: (figure: RiskFigure): string => {
      if (figure.threshold === null) return say('no-threshold');
      return say(alertsBelow(figure.indicator) ? 'below' : 'above', { threshold: amount(figure, figure.threshold) });
    },
    /** Of how many. */
    base: ({ hidden, numerator, denominator, n, unit }: RiskFigure): string | null => {
      if (hidden || n === null || n === 0) return null;
      const isCounted = numerator !== null && denominator !== null && Number.isInteger(numerator) && unit !== 'per-100';
      return isCounted ? say('of', { numerator: number(numerator), denominator: number(denominator) }) : say('counted', { count: n });
    },
    cell: (cell: string | null): string => {
      const [dimension, code = ''] = (cell ?? '').split(/:(.*)/s);
      return dimension === 'site' || dimension === 'unit' ? say(dimension, { code }) : '';
    },
  };
};

/** A risk as its case names it: `participationRatio/site:LYO`. */
export const useRiskName = (): ((risk: string) => string) => {
  const say = useRiskTexts();
  const { cell } = useFigureWords();
  return (risk) => {
    const [name = '', where = null] = risk.split('/');
    const indicator = indicatorOf(name);
    return [indicator ? say(indicator) : name, cell(where)].filter((part) => part !== '').join(' · ');
  };
};
