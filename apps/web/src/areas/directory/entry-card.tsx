import type { paths } from '../../api/generated/schema';
import { useHalfDayWords } from '../../content/half-days';
import { useWords } from '../../content/words';
import { Button, Tag } from '../../design/parts';
import { shortDay } from '../../i18n/format';
import { languageNow } from '../../i18n/language';
import { useDirectoryTexts } from './texts';

type DirectoryPage = paths['/networks/{networkId}/directory']['get']['responses'][200]['content']['application/json'];
export type DirectoryEntry = DirectoryPage['entries'][number];

/** One offer or request, as everybody in the network sees it. */
export const EntryCard = ({
  entry,
  isOwn,
  onChoose,
  onContest,
}: {
  readonly entry: DirectoryEntry;
  readonly isOwn: boolean;
  readonly onChoose: (() => void) | null;
  readonly onContest: (() => void) | null;
}) => {
  const say = useDirectoryTexts();
  const words = useWords();
  const halves = useHalfDayWords();
  const { kind, topic, wording, level, language, place, site, availability, author, publishedAt, smallestGroup, largestGroup } = entry;
  const group = kind === 'offer' && largestGroup > 1 ? words('group', { smallest: smallestGroup, largest: largestGroup }) : null;
  const where = [words(`place-${place}`), site, halves(availability), group].filter(Boolean).join(' · ');
  const by = author ? say('by', { name: author.name ?? words('erased'), site: author.site }) : say('hidden');
  return (
    <article className="card">
      <div className="row">
        <Tag tone="accent">{words(kind)}</Tag>
        <Tag>{words(`level-${level}`)}</Tag>
        {language === languageNow() ? null : <Tag>{words(`language-${language}`)}</Tag>}
      </div>
      <h3>{topic.label?.label ?? topic.text}</h3>
      <p lang={language}>{wording ?? words('erased')}</p>
      <p className="small soft">{where}</p>
      <div className="row apart">
        <span className="small soft">
          {by}, {say('since', { day: shortDay(publishedAt) })}
        </span>
        {isOwn ? <Tag>{say('yours')}</Tag> : null}
        {isOwn ? null : (
          <div className="row">
            {onChoose ? <Button onClick={onChoose}>{say(kind === 'offer' ? 'ask' : 'answer')}</Button> : null}
            {onContest ? (
              <Button look="plain" aria-label={say('contest-this', { topic: topic.label?.label ?? topic.text ?? '' })} onClick={onContest}>
                {say('contest')}
              </Button>
            ) : null}
          </div>
        )}
      </div>
    </article>
  );
};
