import { More } from '../../content/more';
import { api } from '../../api/client';
import { usePages } from '../../api/pages';
import { Fault } from '../../content/fault';
import { useStatusWords } from '../../content/status-words';
import { useWords } from '../../content/words';
import { Page, Scrollable, Waiting } from '../../design/parts';
import { defineTexts } from '../../i18n/define-texts';
import { month } from '../../i18n/format';
import { useNetwork } from '../../session/session';

const useDormantTexts = defineTexts('dormant', {
  fr: {
    title: 'Sans nouvelles',
    lead: 'Les membres qui n’ont rien fait ici depuis 180 jours. La liste n’a pas d’ordre et ne compare personne : elle sert à demander comment ça va.',
    empty: 'Tout le monde a donné signe de vie',
    'empty-text': 'Une personne apparaît ici après 180 jours sans un geste à elle. Un appel vaut mieux qu’un rappel.',
    name: 'Nom',
    last: 'Dernier geste',
    never: 'aucun',
    status: 'Situation',
  },
  en: {
    title: 'Not heard of',
    lead: 'Members without an act of their own for 180 days. The list has no order and compares nobody: it is there to ask how they are.',
    empty: 'Everybody has been heard of',
    'empty-text': 'Somebody appears here after 180 days without an act of their own. A call is better than a reminder.',
    name: 'Name',
    last: 'Last act',
    never: 'none',
    status: 'State',
  },
});

/** Who has not been heard of, to help them: never to rank (R4). */
export const Dormant = () => {
  const say = useDormantTexts();
  const words = useWords();
  const statusIn = useStatusWords();
  const { networkId } = useNetwork();
  const found = usePages(['dormant', networkId], (cursor, signal) =>
    api.GET('/networks/{networkId}/members/dormant', {
      params: { path: { networkId }, query: { limit: 50, ...(cursor ? { cursor } : {}) } },
      signal,
    }),
  );
  const members = found.data?.pages.flatMap((page) => page.members) ?? [];
  return (
    <Page title={say('title')} lead={say('lead')}>
      {found.isPending ? <Waiting label={words('waiting')} /> : null}
      <Fault fault={found.error} onRetry={() => void found.refetch()} />
      {found.data && members.length === 0 ? (
        <section className="empty">
          <h2>{say('empty')}</h2>
          <p>{say('empty-text')}</p>
        </section>
      ) : null}
      {members.length > 0 ? (
        <Scrollable label={say('title')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{say('name')}</th>
                <th scope="col">{say('last')}</th>
                <th scope="col">{say('status')}</th>
              </tr>
            </thead>
            <tbody>
              {members.map(({ memberId, name, lastActedIn, status }) => (
                <tr key={memberId}>
                  <th scope="row">{name ?? words('erased')}</th>
                  <td>{lastActedIn ? month(`${lastActedIn.slice(0, 7)}-15T12:00:00Z`) : say('never')}</td>
                  <td>{status ? statusIn(status) : null}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scrollable>
      ) : null}
      <More of={found} />
    </Page>
  );
};
