import { Fragment } from 'react';
import { queries } from '../../api/client';
import { Fault } from '../../content/fault';
import { useWords } from '../../content/words';
import { Empty, Page, Section, Waiting } from '../../design/parts';
import { defineTexts } from '../../i18n/define-texts';
import { day, list } from '../../i18n/format';
import { LANGUAGES, languageNow } from '../../i18n/language';
import { useNetwork, useRoles, type Role } from '../../session/session';
import { useShown } from '../network/policy';
import { FIELDS, GROUPS, valueOf, type Policy } from '../network/policy-fields';
import { usePolicyTexts } from '../network/policy-texts';

const useAboutTexts = defineTexts('about', {
  fr: {
    title: 'À propos du réseau',
    lead: 'Les mots que chacun a acceptés pour entrer, et les délais qui valent ici, pour tout le monde.',
    charter: 'Charte, version {{version}}',
    published: 'Publiée le {{day}}',
    'no-charter': 'Pas encore de charte',
    'no-charter-text': 'La personne responsable du réseau en publie une ; elle se lira ici.',
    mediators: 'Qui met en relation',
    'mediators-text': 'Ces personnes peuvent vous réunir et vous aider à convenir d’un échange : {{names}}.',
    'no-mediators': 'Personne n’est nommé pour l’instant ; l’animation s’en charge.',
  },
  en: {
    title: 'About the network',
    lead: 'The words that everybody accepted to enter, and the times that hold here, for everybody.',
    charter: 'Charter, version {{version}}',
    published: 'Published on {{day}}',
    'no-charter': 'No charter yet',
    'no-charter-text': 'The network’s lead publishes one; it will be read here.',
    mediators: 'Who brings people together',
    'mediators-text': 'These people can bring you together and help you agree on an exchange: {{names}}.',
    'no-mediators': 'Nobody is named yet; the facilitators take care of it.',
  },
});

const KNOW_MEDIATORS: readonly Role[] = ['member', 'mediator', 'facilitator', 'network-lead'];
/** What is measured and what is alarming is for who steers; what everybody has to keep to is here. */
const SHOWN_GROUPS = GROUPS.filter((group) => group !== 'thresholds' && group !== 'hours');

/** What holds in this network, to read: for every role. */
export const About = () => {
  const say = useAboutTexts();
  const sayPolicy = usePolicyTexts();
  const words = useWords();
  const shown = useShown();
  const { networkId } = useNetwork();
  const roles = useRoles();
  const network = queries.useQuery('get', '/networks/{networkId}', { params: { path: { networkId } } });
  const policy = network.data?.policy as unknown as Policy | undefined;
  return (
    <Page title={say('title')} lead={say('lead')}>
      {network.isPending ? <Waiting label={words('waiting')} /> : null}
      <Fault fault={network.error} onRetry={() => void network.refetch()} />
      {network.data ? network.data.charterVersion > 0 ? <Charter version={network.data.charterVersion} /> : <NoCharter /> : null}
      {KNOW_MEDIATORS.some((role) => roles.has(role)) ? <Mediators /> : null}
      {policy
        ? SHOWN_GROUPS.map((group) => (
            <Section key={group} title={sayPolicy(`group-${group}`)}>
              <dl className="facts">
                {FIELDS.filter((field) => field.group === group).map((field) => (
                  <Fragment key={field.name}>
                    <dt>{sayPolicy(field.name)}</dt>
                    <dd>{shown(field, valueOf(field, policy))}</dd>
                  </Fragment>
                ))}
              </dl>
            </Section>
          ))
        : null}
    </Page>
  );
};

const NoCharter = () => {
  const say = useAboutTexts();
  return (
    <Empty title={say('no-charter')}>
      <p>{say('no-charter-text')}</p>
    </Empty>
  );
};

const Charter = ({ version }: { readonly version: number }) => {
  const say = useAboutTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const charter = queries.useQuery('get', '/networks/{networkId}/charter', { params: { path: { networkId } } });
  const language = [languageNow(), ...LANGUAGES].find((one) => charter.data?.text[one]);
  return (
    <Section title={say('charter', { version })}>
      {charter.isPending ? <Waiting label={words('waiting')} /> : null}
      <Fault fault={charter.error} onRetry={() => void charter.refetch()} />
      {charter.data && language ? (
        <>
          <p className="small soft">{say('published', { day: day(charter.data.publishedAt) })}</p>
          <p className="written" lang={language}>
            {charter.data.text[language]}
          </p>
        </>
      ) : null}
    </Section>
  );
};

const Mediators = () => {
  const say = useAboutTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const found = queries.useQuery('get', '/networks/{networkId}/mediators', { params: { path: { networkId } } });
  const names = found.data?.mediators.map(({ name }) => name ?? words('erased')) ?? [];
  return (
    <Section title={say('mediators')}>
      <Fault fault={found.error} onRetry={() => void found.refetch()} />
      {found.data ? <p>{names.length > 0 ? say('mediators-text', { names: list(names) }) : say('no-mediators')}</p> : null}
    </Section>
  );
};
