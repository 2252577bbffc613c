import { defineTexts } from '../i18n/define-texts';

const useBendTexts = defineTexts('bends', {
  fr: {
    'you-topic': 'L’offre porte sur un thème proche de celui de la demande, non sur le même : à vous de voir si elle convient.',
    'you-level': 'L’offre est d’un niveau inférieur à celui de la demande : à vous de voir si elle convient.',
    'you-place': 'Il vous faudrait convenir d’un lieu, ou d’échanger à distance : rien ne convient à tous pour l’instant.',
    'you-half-days': 'Il vous faudrait convenir d’une autre demi-journée : aucune n’est commune à tous pour l’instant.',
    'they-topic': 'L’offre porte sur un thème proche de celui de la demande, non sur le même.',
    'they-level': 'L’offre est d’un niveau inférieur à celui de la demande.',
    'they-place': 'Ces personnes devraient convenir d’un lieu, ou d’échanger à distance : rien ne convient à tous.',
    'they-half-days': 'Ces personnes devraient convenir d’une autre demi-journée : aucune n’est commune à tous.',
  },
  en: {
    'you-topic': 'The offer is on a topic near that of the request, not on the same: see whether it suits you.',
    'you-level': 'The offer is at a lower level than the request: see whether it suits you.',
    'you-place': 'You would have to agree on a place, or on meeting from afar: so far nothing suits everybody.',
    'you-half-days': 'You would have to agree on another half-day: so far none is common to all.',
    'they-topic': 'The offer is on a topic near that of the request, not on the same.',
    'they-level': 'The offer is at a lower level than the request.',
    'they-place': 'They would have to agree on a place, or on meeting from afar: nothing suits everybody.',
    'they-half-days': 'They would have to agree on another half-day: none is common to all.',
  },
});

interface Props {
  readonly bends: readonly ('topic' | 'level' | 'place' | 'half-days')[] | undefined;
  /** Said to those who would meet, or of them. */
  readonly to: 'you' | 'they';
}

/** What a match asks of its people beyond what they wrote: a sentence each, before they answer. */
export const Bends = ({ bends = [], to }: Props) => {
  const say = useBendTexts();
  if (bends.length === 0) return null;
  return (
    <ul role="list" className="stack tight">
      {bends.map((bend) => (
        <li key={bend}>{say(`${to}-${bend}`)}</li>
      ))}
    </ul>
  );
};
