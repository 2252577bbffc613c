import { useQueryClient } from '@tanstack/react-query';
import { queries } from '../../api/client';
import { useFeed } from '../../api/feed';
import { Fault } from '../../content/fault';
import { useWords } from '../../content/words';
import { Empty, Page, Section, Waiting } from '../../design/parts';
import { defineTexts } from '../../i18n/define-texts';
import { number } from '../../i18n/format';
import { languageNow } from '../../i18n/language';
import { useNetwork } from '../../session/session';
import { DashboardTools, useAsOf } from './as-of';
import { FigureFiles, FigureTable } from './chart';

const useTopicTexts = defineTexts('topics-in-need', {
  fr: {
    title: 'Thèmes qui manquent',
    lead: 'Les thèmes demandés que personne, ou une seule personne, n’offre, et ceux dont les demandes attendent depuis plus de 60 jours. Dans l’ordre de l’alphabet : aucun ne vaut plus qu’un autre (R4).',
    table: 'Thèmes demandés',
    topic: 'Thème',
    open: 'Demandes ouvertes',
    waiting: 'Depuis plus de 60 jours',
    givers: 'Personnes qui l’offrent',
    why: 'Pourquoi ici',
    nobody: 'personne ne l’offre',
    single: 'une seule personne',
    long: 'attente',
    'in-fr': '(en français)',
    'in-en': '(en anglais)',
    help: 'Une bourse d’échanges sur ces thèmes, ou un appel à qui vient d’apprendre, fait souvent naître une offre.',
    empty: 'Aucun thème ne manque',
    'empty-text': 'Chaque thème demandé a au moins deux personnes qui l’offrent, et aucune demande n’attend depuis plus de 60 jours.',
    'no-uri': 'Les demandes dont le thème n’est pas dans la liste ne sont pas comptées ici.',
  },
  en: {
    title: 'Topics in need',
    lead: 'Topics that are asked for and that nobody, or one person alone, offers, and those whose requests have waited for more than 60 days. In alphabetical order: none is worth more than another (R4).',
    table: 'Topics asked for',
    topic: 'Topic',
    open: 'Open requests',
    waiting: 'For more than 60 days',
    givers: 'People who offer it',
    why: 'Why here',
    nobody: 'nobody offers it',
    single: 'one person alone',
    long: 'waiting',
    'in-fr': '(in French)',
    'in-en': '(in English)',
    help: 'An exchange fair about these topics, or a call to who has just learnt one, often brings an offer about.',
    empty: 'No topic is in need',
    'empty-text': 'Each topic that is asked for has two people or more who offer it, and no request has waited for more than 60 days.',
    'no-uri': 'Requests whose topic is not in the list are not counted here.',
  },
});

const TOPICS = '/networks/{networkId}/risk/topics' as const;

/** What unmet demand and single source are made of, topic by topic. */
export const TopicsInNeed = () => {
  const say = useTopicTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const { asOf } = useAsOf();
  const cache = useQueryClient();
  const asked = {
    params: { path: { networkId }, header: { 'Accept-Language': languageNow() }, query: asOf === undefined ? {} : { asOf } },
  };
  const { data, error, isPending, refetch } = queries.useQuery('get', TOPICS, asked, { placeholderData: (before) => before, staleTime: 0 });
  const { queryKey } = queries.queryOptions('get', TOPICS, asked);
  const following = useFeed(
    asOf === undefined ? `/networks/${networkId}/feeds/risk` : null,
    () => void cache.invalidateQueries({ queryKey }),
  );
  const topics = (data?.topics ?? [])
    .map(({ uri, label, ...counts }) => {
      const isOwn = label?.inLanguage === languageNow();
      return { ...counts, name: label ? (isOwn ? label.label : `${label.label} ${say(`in-${label.inLanguage}`)}`) : uri };
    })
    .sort((one, other) => one.name.localeCompare(other.name));
  const whyOf = ({ activeGivers, waiting }: (typeof topics)[number]): string =>
    [activeGivers === 0 ? say('nobody') : null, activeGivers === 1 ? say('single') : null, waiting > 0 ? say('long') : null]
      .filter((why) => why !== null)
      .join(', ');
  const table = {
    columns: [say('topic'), say('open'), say('waiting'), say('givers'), say('why')],
    rows: topics.map((topic) => [topic.name, number(topic.openRequests), number(topic.waiting), number(topic.activeGivers), whyOf(topic)]),
    cells: topics.map((topic) => [topic.name, topic.openRequests, topic.waiting, topic.activeGivers, whyOf(topic)]),
  };
  return (
    <Page title={say('title')} lead={say('lead')} tools={<DashboardTools following={following} />}>
      {isPending ? <Waiting lines={6} label={words('waiting')} /> : null}
      <Fault fault={error} onRetry={() => void refetch()} />
      {data && topics.length === 0 ? (
        <Empty title={say('empty')}>
          <p>{say('empty-text')}</p>
        </Empty>
      ) : null}
      {topics.length > 0 ? (
        <Section title={say('table')} tools={<FigureFiles title={say('table')} name="topics" table={table} />}>
          <FigureTable title={say('table')} table={table} isWhole />
          <p className="soft">{say('help')}</p>
        </Section>
      ) : null}
      <p className="small soft">{say('no-uri')}</p>
    </Page>
  );
};
