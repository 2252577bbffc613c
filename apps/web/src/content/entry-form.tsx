import { Check, Choices, Select, TextArea, TextField } from '../design/fields';
import { defineTexts } from '../i18n/define-texts';
import type { Language } from '../i18n/language';
import { errorOf } from './fault';
import { HalfDays } from './half-days';
import type { OwnEntry } from './meeting';
import { TopicPicker, type Topic } from './topic-picker';
import { useWords } from './words';

export type Level = 'beginner' | 'practised' | 'advanced';
/** What a round may not bend. */
type Firm = 'topic' | 'level' | 'place' | 'half-days';
export type MeetingPlace = 'site' | 'remote' | 'either';

/** What is typed of an offer or a request, before it is sent. */
export interface EntryDraft {
  readonly topic: Topic;
  readonly wording: string;
  readonly level: Level | '';
  readonly language: Language;
  readonly place: MeetingPlace | '';
  readonly site: string;
  readonly availability: readonly string[];
  readonly firm: readonly Firm[];
  readonly smallestGroup: string;
  readonly largestGroup: string;
  readonly authorShown: boolean;
  readonly declaredProfessional: boolean;
}

export const emptyEntry = (language: Language): EntryDraft => ({
  topic: { text: '', uri: null },
  wording: '',
  level: '',
  language,
  place: '',
  site: '',
  availability: [],
  firm: [],
  smallestGroup: '1',
  largestGroup: '1',
  authorShown: true,
  declaredProfessional: false,
});

/** What was written before, to be changed. */
export const draftOfEntry = ({ content }: OwnEntry): EntryDraft => ({
  topic: { text: content.topic.text ?? '', uri: content.topic.uri },
  wording: content.wording ?? '',
  ...{ level: content.level, language: content.language, place: content.place, site: content.site ?? '' },
  availability: content.availability,
  firm: content.firm ?? [],
  smallestGroup: String(content.smallestGroup ?? 1),
  largestGroup: String(content.largestGroup ?? 1),
  authorShown: content.authorShown ?? false,
  declaredProfessional: content.declaredProfessional,
});

const useEntryTexts = defineTexts('entry', {
  fr: {
    'offer-wording': 'Ce que vous pouvez transmettre',
    'offer-wording-theirs': 'Ce que cette personne peut transmettre',
    'offer-wording-hint':
      'Commencez par un verbe, dites à quoi cela sert : « Construire un tableau croisé pour suivre ses chiffres du mois. »',
    'request-wording': 'Ce que vous voulez savoir faire',
    'request-wording-theirs': 'Ce que cette personne veut savoir faire',
    'request-wording-hint': 'Dites ce que vous saurez faire ensuite : « Préparer seul le planning de mon équipe. »',
    level: 'Niveau du contenu',
    'level-hint': 'Celui de ce qui s’apprend, jamais d’une personne.',
    language: 'Langue de l’échange',
    place: 'Où',
    site: 'Site',
    'site-hint': 'Le code de votre site, comme LYO.',
    availability: 'Demi-journées possibles',
    'availability-hint': 'Aucune cochée : à convenir.',
    'firm-topic': 'Ce thème seulement, aucun thème proche',
    'firm-level-offer': 'Ne pas proposer à qui demande un niveau de plus',
    'firm-level-request': 'Pas d’offre d’un niveau au-dessous',
    'firm-place': 'Nulle part ailleurs, ni autrement',
    'firm-half-days': 'Seulement ces demi-journées',
    'firm-hint': 'Sinon un tour d’appariement peut proposer autre chose, en le disant ; chacun reste libre de décliner.',
    smallest: 'Au moins',
    largest: 'Au plus',
    group: 'Taille du groupe',
    'author-shown': 'Montrer mon nom avec cette demande',
    'author-shown-theirs': 'Montrer son nom avec cette demande',
    declared: 'Je le déclare : c’est un savoir professionnel, et le transmettre n’est pas un service rendu à la place de quelqu’un (R14).',
    french: 'Français',
    english: 'Anglais',
    choose: 'Choisir…',
  },
  en: {
    'offer-wording': 'What you can pass on',
    'offer-wording-theirs': 'What they can pass on',
    'offer-wording-hint': 'Begin with a verb, say what it is good for: “Build a pivot table to follow the month’s figures.”',
    'request-wording': 'What you want to be able to do',
    'request-wording-theirs': 'What they want to be able to do',
    'request-wording-hint': 'Say what you will be able to do afterwards: “Prepare my team’s schedule on my own.”',
    level: 'Level of the content',
    'level-hint': 'Of what is learnt, never of a person.',
    language: 'Language of the exchange',
    place: 'Where',
    site: 'Site',
    'site-hint': 'The code of your site, such as LYO.',
    availability: 'Half-days that suit',
    'availability-hint': 'None ticked: to be agreed.',
    'firm-topic': 'This topic alone, none that is near',
    'firm-level-offer': 'Do not propose it to somebody who asks for one level more',
    'firm-level-request': 'No offer from one level below',
    'firm-place': 'Nowhere else, and in no other way',
    'firm-half-days': 'Only on these half-days',
    'firm-hint': 'Else a matching round may propose something else, and says so; everybody is free to decline.',
    smallest: 'At least',
    largest: 'At most',
    group: 'Size of the group',
    'author-shown': 'Show my name with this request',
    'author-shown-theirs': 'Show their name with this request',
    declared: 'I declare: this is professional knowledge, and passing it on does nobody’s work in their place (R14).',
    french: 'French',
    english: 'English',
    choose: 'Choose…',
  },
});

/**
 * The form of an offer or a request, with help to word it. `at`: the path of its fields in the API's errors. `isOnBehalf`: nobody
 * declares for another (R14).
 */
export const EntryForm = ({
  kind,
  draft,
  onChange,
  fault,
  at = '',
  isOnBehalf = false,
}: {
  readonly kind: 'offer' | 'request';
  readonly draft: EntryDraft;
  readonly onChange: (change: Partial<EntryDraft>) => void;
  readonly fault?: unknown;
  readonly at?: string;
  readonly isOnBehalf?: boolean;
}) => {
  const say = useEntryTexts();
  const words = useWords();
  const error = (field: string) => errorOf(fault, `${at}${field}`);
  /** Who chose none is told so, not what the API would take. */
  const choiceError = (field: 'level' | 'place') => {
    const found = error(field);
    return found && draft[field] === '' ? { ...found, message: words('required') } : found;
  };
  const firm = (bend: Firm) => (
    <Check
      label={say(bend === 'level' ? `firm-level-${kind}` : `firm-${bend}`)}
      isChecked={draft.firm.includes(bend)}
      onChange={(isFirm) => onChange({ firm: [...draft.firm.filter((one) => one !== bend), ...(isFirm ? [bend] : [])] })}
    />
  );
  return (
    <div className="stack">
      <TopicPicker topic={draft.topic} onChange={(topic) => onChange({ topic })} error={error('topic.text') ?? error('topic')} />
      {firm('topic')}
      <TextArea
        label={say(isOnBehalf ? `${kind}-wording-theirs` : `${kind}-wording`)}
        hint={say(`${kind}-wording-hint`)}
        value={draft.wording}
        onChange={(wording) => onChange({ wording })}
        error={error('wording')}
        maxLength={2000}
      />
      <Choices
        label={say('level')}
        hint={say('level-hint')}
        value={draft.level}
        onChange={(level) => onChange({ level })}
        options={(['beginner', 'practised', 'advanced'] as const).map((value) => ({ value, label: words(`level-${value}`) }))}
        error={choiceError('level')}
      />
      {firm('level')}
      <Choices
        label={say('language')}
        value={draft.language}
        onChange={(language) => onChange({ language })}
        options={[
          { value: 'fr', label: say('french') },
          { value: 'en', label: say('english') },
        ]}
        error={error('language')}
      />
      <Choices
        label={say('place')}
        value={draft.place}
        onChange={(place) => onChange({ place })}
        options={(['site', 'remote', 'either'] as const).map((value) => ({ value, label: words(`place-${value}`) }))}
        error={choiceError('place')}
      />
      {draft.place === 'site' || draft.place === 'either' ? (
        <TextField
          label={say('site')}
          hint={say('site-hint')}
          value={draft.site}
          onChange={(site) => onChange({ site })}
          error={error('site')}
        />
      ) : null}
      {firm('place')}
      <HalfDays
        label={say('availability')}
        hint={say('availability-hint')}
        chosen={draft.availability}
        onChange={(availability) => onChange({ availability })}
      />
      {draft.availability.length > 0 ? firm('half-days') : null}
      <p className="small soft">{say('firm-hint')}</p>
      {kind === 'offer' ? (
        <fieldset className="field">
          <legend>{say('group')}</legend>
          <div className="row">
            <Select
              label={say('smallest')}
              value={draft.smallestGroup}
              onChange={(smallestGroup) => onChange({ smallestGroup })}
              options={SIZES}
              error={error('smallestGroup')}
            />
            <Select
              label={say('largest')}
              value={draft.largestGroup}
              onChange={(largestGroup) => onChange({ largestGroup })}
              options={SIZES}
              error={error('largestGroup')}
            />
          </div>
        </fieldset>
      ) : (
        <Check
          label={say(isOnBehalf ? 'author-shown-theirs' : 'author-shown')}
          isChecked={draft.authorShown}
          onChange={(authorShown) => onChange({ authorShown })}
        />
      )}
      {isOnBehalf ? null : (
        <Check
          label={say('declared')}
          isChecked={draft.declaredProfessional}
          onChange={(declaredProfessional) => onChange({ declaredProfessional })}
          error={error('declaredProfessional')}
        />
      )}
    </div>
  );
};

const SIZES = Array.from({ length: 20 }, (_, at) => ({ value: String(at + 1), label: String(at + 1) }));

const shared = ({ topic, wording, level, language, place, site, availability, firm, declaredProfessional }: EntryDraft) => ({
  ...{ topic: { text: topic.text.trim(), ...(topic.uri ? { uri: topic.uri } : {}) }, wording: wording.trim(), language },
  ...{ level: level as Level, place: place as MeetingPlace, availability: [...availability] as never, declaredProfessional },
  firm: [...firm],
  ...(place !== 'remote' && site.trim() !== '' ? { site: site.trim() } : {}),
});

/** As the API takes it. */
export const offerContent = (draft: EntryDraft) => ({
  ...shared(draft),
  smallestGroup: Number(draft.smallestGroup),
  largestGroup: Number(draft.largestGroup),
});

export const requestContent = (draft: EntryDraft) => ({ ...shared(draft), authorShown: draft.authorShown });
