import { Link, Navigate, useSearch } from '@tanstack/react-router';
import { Fault } from '../../content/fault';
import { Card, Notice, Page, Tag, Waiting } from '../../design/parts';
import { defineTexts } from '../../i18n/define-texts';
import { signInAddress, useSession } from '../../session/session';
import { Shell } from '../../shell/shell';
import { ExchangePicture } from './exchange-picture';

const useLandingTexts = defineTexts('landing', {
  fr: {
    title: 'Ce que vous savez, quelqu’un ici veut l’apprendre.',
    lead: 'Dans un réseau d’échanges réciproques de savoirs, chacun transmet ce qu’il sait faire et apprend ce qui lui manque, entre collègues, en vrai.',
    'sign-in': 'Entrer',
    'no-sign-in':
      'La connexion au site n’est pas réglée ici. La personne qui exploite Savoirs trouve comment dans docs/guides/sign-in.md ; l’API répond aux jetons.',
    how: 'Comment cela se passe',
    'step-1': 'Vous proposez et vous demandez',
    'step-1-text': 'Au moins une offre, au moins une demande : personne n’entre seulement pour donner, ni seulement pour prendre.',
    'step-2': 'Le réseau vous met en relation',
    'step-2-text':
      'Vous choisissez dans l’annuaire, ou un appariement vous est proposé avec ses raisons. Vous acceptez ou déclinez, librement.',
    'step-3': 'Vous vous rencontrez',
    'step-3-text': 'Une personne médiatrice vous réunit ; vous convenez du contenu, de la méthode et des séances.',
    'step-4': 'Vous faites le point',
    'step-4-text': 'Une fiche bilan en moins d’une minute. Les heures comptent comme formation.',
    promise: 'Ni prix, ni crédits, ni classement : rien ici ne sert à évaluer une personne.',
    networks: 'Vos réseaux',
    'no-networks':
      'Vous êtes connecté, mais votre compte n’a de rôle dans aucun réseau. Demandez-en un à qui gère les accès de votre entreprise.',
    'to-open': 'Un réseau à ouvrir',
    pending: 'on vous y a inscrit : à confirmer',
    waiting: 'Chargement…',
  },
  en: {
    title: 'What you know, somebody here wants to learn.',
    lead: 'In a reciprocal knowledge-exchange network everybody passes on what they can do and learns what they lack, among colleagues, in person.',
    'sign-in': 'Come in',
    'no-sign-in':
      'Sign-in is not set up here. Whoever operates Savoirs finds how in docs/guides/sign-in.md; the API answers to bearer tokens.',
    how: 'How it goes',
    'step-1': 'You offer, and you ask',
    'step-1-text': 'At least one offer, at least one request: nobody comes in only to give, or only to take.',
    'step-2': 'The network brings you together',
    'step-2-text': 'You choose in the directory, or a match is proposed to you with its reasons. You accept or decline, freely.',
    'step-3': 'You meet',
    'step-3-text': 'A mediator brings you together; you agree on content, method and sessions.',
    'step-4': 'You look back',
    'step-4-text': 'An evaluation in under a minute. The hours count as training.',
    promise: 'No prices, no credits, no ranking: nothing here serves to judge a person.',
    networks: 'Your networks',
    'no-networks': 'You are signed in, but your account has no role in any network. Ask whoever manages access in your company for one.',
    'to-open': 'A network to open',
    pending: 'somebody entered you: to confirm',
    waiting: 'Loading…',
  },
});

const STEPS = [1, 2, 3, 4] as const;

const About = ({ canSignIn, returnTo }: { readonly canSignIn: boolean; readonly returnTo: string }) => {
  const say = useLandingTexts();
  return (
    <div className="stack">
      <div className="hero">
        <div className="stack">
          <h1 tabIndex={-1}>{say('title')}</h1>
          <p>{say('lead')}</p>
          {canSignIn ? (
            <div className="row">
              <a className="button primary" href={signInAddress(returnTo)}>
                {say('sign-in')}
              </a>
            </div>
          ) : (
            <Notice tone="warn">{say('no-sign-in')}</Notice>
          )}
        </div>
        <ExchangePicture />
      </div>
      <h2>{say('how')}</h2>
      <ol role="list" className="columns steps">
        {STEPS.map((step) => (
          <li key={step} className="card">
            <h3>{say(`step-${step}`)}</h3>
            <p className="soft">{say(`step-${step}-text`)}</p>
          </li>
        ))}
      </ol>
      <p>
        <strong>{say('promise')}</strong>
      </p>
    </div>
  );
};

/** The first page: what this is, for whoever is not signed in; else one's network, or the choice between several. */
export const Landing = () => {
  const say = useLandingTexts();
  const { returnTo } = useSearch({ from: '/' });
  const { data: session, error, isPending, refetch } = useSession();
  if (isPending || error)
    return <Shell>{error ? <Fault fault={error} onRetry={() => void refetch()} /> : <Waiting label={say('waiting')} />}</Shell>;
  if (!session.signedIn)
    return (
      <Shell>
        <About canSignIn={session.signIn === 'available'} returnTo={returnTo ?? '/'} />
      </Shell>
    );
  const waits = ({ membership }: { readonly membership?: string | null }): boolean => membership === 'applied';
  const places = [...session.networks, ...session.toOpen.map((networkId) => ({ networkId, label: say('to-open'), membership: null }))].sort(
    (one, other) => Number(waits(other)) - Number(waits(one)),
  );
  const [only, ...others] = places;
  if (only && others.length === 0) return <Navigate to="/n/$networkId" params={{ networkId: only.networkId }} replace />;
  return (
    <Shell>
      <Page title={say('networks')}>
        {only ? (
          <ul role="list" className="columns">
            {places.map(({ networkId, label, membership }) => (
              <li key={networkId}>
                <Card>
                  <Link to="/n/$networkId" params={{ networkId }}>
                    {label}
                  </Link>
                  {membership === 'applied' ? <Tag tone="warn">{say('pending')}</Tag> : null}
                </Card>
              </li>
            ))}
          </ul>
        ) : (
          <Notice tone="warn">{say('no-networks')}</Notice>
        )}
      </Page>
    </Shell>
  );
};
