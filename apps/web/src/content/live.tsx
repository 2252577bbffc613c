import type { Following } from '../api/feed';
import { Tag } from '../design/parts';
import { defineTexts } from '../i18n/define-texts';
import { timeOfDay } from '../i18n/format';

const useLiveTexts = defineTexts('live', {
  fr: { live: 'En direct', connecting: 'Connexion…', lost: 'Plus en direct depuis {{time}}' },
  en: { live: 'Live', connecting: 'Connecting…', lost: 'Not live since {{time}}' },
});

const TONE = { live: { tone: 'accent' }, connecting: {}, lost: { tone: 'warn' } } as const;

/** Whether what is on the page moves by itself, or since when it does not. */
export const Live = ({ of: { liveness, lostSince } }: { readonly of: Following }) => {
  const say = useLiveTexts();
  return (
    <span role="status">
      <Tag {...TONE[liveness]}>{say(liveness, { time: lostSince === null ? '' : timeOfDay(lostSince) })}</Tag>
    </span>
  );
};
