import { defineTexts } from '../i18n/define-texts';

/** How far an erasure is, for the officers and for whoever it is about. */
export const useErasureWords = defineTexts('erasure', {
  fr: {
    'asked-member': 'Demandé par la personne le {{day}}.',
    'asked-officer': 'Demandé par la protection des données le {{day}}.',
    'asked-you': 'Demandé par vous le {{day}}.',
    unasked: 'Inscription faite au nom de quelqu’un, jamais confirmée.',
    'left-long-ago': 'Personne partie depuis plus longtemps que la durée de conservation.',
    waits: 'Une seconde personne doit encore l’approuver.',
    'approved-officer': 'Approuvé par une seconde personne le {{day}}.',
    'approved-you': 'Approuvé par vous le {{day}}.',
    held: 'Retenu par une obligation légale jusqu’au {{day}}.',
    'hold-over': 'L’obligation légale a pris fin le {{day}}.',
    'under-way': 'L’effacement se fait : il faut quelques minutes.',
    done: 'Effacé le {{day}}.',
  },
  en: {
    'asked-member': 'Asked for by the person on {{day}}.',
    'asked-officer': 'Asked for by data protection on {{day}}.',
    'asked-you': 'Asked for by you on {{day}}.',
    unasked: 'An entry made on somebody’s behalf, never confirmed.',
    'left-long-ago': 'Left longer ago than data are kept.',
    waits: 'A second person has yet to approve it.',
    'approved-officer': 'Approved by a second person on {{day}}.',
    'approved-you': 'Approved by you on {{day}}.',
    held: 'Deferred by a legal hold until {{day}}.',
    'hold-over': 'The legal hold ended on {{day}}.',
    'under-way': 'The erasure is under way: it takes a few minutes.',
    done: 'Erased on {{day}}.',
  },
});
