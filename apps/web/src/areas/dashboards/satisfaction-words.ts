import type { paths } from '../../api/generated/schema';
import { languageNow } from '../../i18n/language';
import { number } from '../../i18n/format';
import { share } from './figure-words';
import { SHARES } from './satisfaction-measures';
import { useSatisfactionTexts } from './satisfaction-texts';

export type SatisfactionAnswer = paths['/networks/{networkId}/satisfaction']['get']['responses'][200]['content']['application/json'];
export type SatisfactionFigure = SatisfactionAnswer['figures'][number];

export const isShare = (indicator: string): boolean => (SHARES as readonly string[]).includes(indicator);
const rounded = (value: number): string => number(value, { maximumFractionDigits: Math.abs(value) < 10 ? 1 : 0 });

export const useSatisfactionWords = (topics: SatisfactionAnswer['topics']) => {
  const say = useSatisfactionTexts();
  return {
    value: ({ indicator, hidden, value }: SatisfactionFigure): string => {
      if (hidden) return say('hidden');
      if (value === null || value === undefined) return say('none');
      if (isShare(indicator)) return share(value);
      if (indicator === 'complaintsPer100') return say('per100', { figure: rounded(value) });
      if (indicator === 'daysToSettle') return say('days', { count: Math.round(value), figure: rounded(value) });
      return say('hours', { figure: rounded(value) });
    },
    margin: ({ interval }: SatisfactionFigure): string =>
      interval ? say('between', { low: share(interval.low), high: share(interval.high) }) : '',
    /** `site:LYO` in words; a topic by its label, and marked where only the other language has one (§8). */
    cell: (cell: string): string => {
      const [dimension, code = ''] = cell.split(/:(.*)/s);
      if (dimension === 'site' || dimension === 'unit') return say(dimension, { code });
      if (dimension === 'role') return say(code === 'giver' ? 'role-giver' : 'role-learner');
      if (dimension !== 'topic') return say('by-network');
      const label = topics.find(({ uri }) => uri === code);
      if (!label) return code;
      return label.inLanguage === languageNow() ? label.label : `${label.label} ${say(`in-${label.inLanguage}`)}`;
    },
  };
};
