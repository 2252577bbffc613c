import { defineTexts } from '../../i18n/define-texts';
import { percent } from '../../i18n/format';

const useScoreTexts = defineTexts('score', {
  fr: {
    why: 'Pourquoi cet appariement',
    topic: 'Thème',
    level: 'Niveau',
    language: 'Langue',
    distance: 'Lieu',
    availability: 'Disponibilités',
    reciprocity: 'Réciprocité ouverte',
    waiting: 'Attente de la demande',
    total: 'Ensemble',
  },
  en: {
    why: 'Why this match',
    topic: 'Topic',
    level: 'Level',
    language: 'Language',
    distance: 'Place',
    availability: 'Availability',
    reciprocity: 'Open reciprocity',
    waiting: 'How long the request has waited',
    total: 'Together',
  },
});

const PARTS = ['topic', 'level', 'language', 'distance', 'availability', 'reciprocity', 'waiting', 'total'] as const;

/** The parts of a score: of the fit between an offer and a request, never of a person. */
export const Score = ({ score }: { readonly score: Readonly<Record<string, number>> | null }) => {
  const say = useScoreTexts();
  if (!score) return null;
  return (
    <details>
      <summary>{say('why')}</summary>
      <dl className="facts">
        {PARTS.flatMap((part) => {
          const value = score[part];
          return value === undefined ? [] : [<dt key={part}>{say(part)}</dt>, <dd key={`${part} value`}>{percent(value)}</dd>];
        })}
      </dl>
    </details>
  );
};
