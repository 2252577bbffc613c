import type { Word } from './words';

/** Words that carry no knowledge in either language, with their accents: `mais` is one, `maïs` is not. */
const STOP_WORDS: ReadonlySet<string> = new Set(
  `a à afin ai ainsi alors au aucun aussi autre autres aux avec avoir ça ce ceci cela celle celles celui ces cet cette ceux chaque chez comme
  comment dans de depuis des donc dont du elle elles en encore entre est et etc être eux fait il ils je la là le les leur leurs lors lui ma mais
  me meme memes même mêmes mes moi mon ne ni nos notre nous on ont ou où par parmi pas plus pour pourquoi puis qu quand que quel quelle quelles
  quels qui quoi sa sans se selon sera ses si soi sont sous suis sur ta te tes toi ton tous tout toute toutes très tres tu un une vers via vos
  votre vous y
  about all also am an and any are as at be been being but by can could did do does for from had has have he her hers him his how i if in into
  is it its me my no nor not of off our ours she should so some such than that the their them then there these they this those to too was we
  were what when where which while who whom why will with within would you your yours`.split(/\s+/u),
);

/** Small words that name something people learn, too: gold, sound, cars, summer. */
const SOMETIMES: ReadonlySet<string> = new Set(['or', 'son', 'car', 'été', 'ete']);

/** Neither kept nor looked for. One letter is a word (`C`, `R`, `D`) unless sentences hold it. */
export const isStopWord = ({ spelled, abbreviates }: Pick<Word, 'spelled' | 'abbreviates'>): boolean =>
  !abbreviates && STOP_WORDS.has(spelled);

/** Looked for only where nothing else is. */
export const isWeak = ({ spelled }: Pick<Word, 'spelled'>): boolean => SOMETIMES.has(spelled);
