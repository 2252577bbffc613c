import { queries } from '../../api/client';
import { Fault } from '../../content/fault';
import { Card, Section } from '../../design/parts';
import { defineTexts } from '../../i18n/define-texts';
import { day } from '../../i18n/format';
import { useNetwork } from '../../session/session';
import { useCaseTexts } from './case-texts';

const useLateTexts = defineTexts('late-cases', {
  fr: {
    title: 'Dossiers en retard',
    text: 'L’animation n’a pas décidé dans le délai du réseau : demandez-lui ce qui manque. Ce qui y est écrit n’est pas pour vous (§7).',
  },
  en: {
    title: 'Late cases',
    text: 'The facilitators have not decided within the network’s time limit: ask them what is missing. What is written there is not for you (§7).',
  },
});

const KINDS: Readonly<Record<string, 'offer-contest' | 'request-contest' | 'dispute' | 'incident'>> = {
  offer: 'offer-contest',
  request: 'request-contest',
  exchange: 'dispute',
  incident: 'incident',
};

const LATE = 'case-overdue';

/** What nobody settled in time, as the network’s lead is told of it: that it is late, without its text (§3). */
export const LateCases = () => {
  const say = useLateTexts();
  const sayCase = useCaseTexts();
  const { networkId } = useNetwork();
  const { data, error } = queries.useQuery('get', '/networks/{networkId}/match-queue', {
    params: { path: { networkId }, query: { limit: 200 } },
  });
  const told = (data?.items ?? []).filter(({ who }) => who === 'network-lead');
  // a risk is the lead’s own to decide, and stands above
  const isOwn = (id: string): boolean => told.some((one) => one.id === id && one.why !== LATE);
  const late = told.filter(({ id, why }) => why === LATE && !isOwn(id));
  if (error) return <Fault fault={error} />;
  if (late.length === 0) return null;
  return (
    <Section title={say('title')}>
      <p className="soft">{say('text')}</p>
      <ul role="list" className="columns">
        {late.map(({ id, kind, since }) => (
          <li key={`${kind}/${id}/${since}`}>
            <Card>
              <h3>{sayCase(`kind-${KINDS[kind] ?? 'incident'}`)}</h3>
              <span className="small soft">{sayCase('opened-at', { day: day(since) })}</span>
            </Card>
          </li>
        ))}
      </ul>
    </Section>
  );
};
