import { useNavigate } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client';
import { useCommand } from '../../api/command';
import { errorOf, Fault } from '../../content/fault';
import { Choices, Select, TextField } from '../../design/fields';
import { Button, Form, Page } from '../../design/parts';
import { defineTexts } from '../../i18n/define-texts';
import { LANGUAGES, type Language } from '../../i18n/language';
import { useDraft } from '../../session/drafts';
import { SESSION } from '../../session/session';

const useOpenTexts = defineTexts('open-network', {
  fr: {
    title: 'Ouvrir le réseau',
    lead: 'Ce réseau n’est pas encore ouvert, et vous en êtes responsable. Une minute suffit ; viennent ensuite la charte, sans laquelle personne n’entre, puis les médiateurs.',
    label: 'Nom du réseau',
    'label-hint': 'Comme vos collègues le liront : « Réseau de Lyon ». Il reste en clair et pour toujours : n’y nommez personne.',
    'needs-label': 'Donnez-lui un nom.',
    zone: 'Fuseau horaire',
    'zone-hint': 'Les délais finissent et les indicateurs sont jugés selon cette horloge.',
    language: 'Langue du réseau',
    'language-hint': 'La charte y est écrite au moins ; chaque personne lit le site dans la sienne.',
    fr: 'français',
    en: 'anglais',
    policy:
      'Les délais et les seuils sont d’abord ceux que Savoirs propose ; vous les changez quand vous voulez. Nom, fuseau et langue, eux, restent.',
    open: 'Ouvrir le réseau',
  },
  en: {
    title: 'Open the network',
    lead: 'This network is not open yet, and you are its lead. It takes a minute; then comes the charter, without which nobody enters, then the mediators.',
    label: 'Name of the network',
    'label-hint': 'As your colleagues will read it: “Network of Lyon”. It lies in clear and for good: name nobody in it.',
    'needs-label': 'Give it a name.',
    zone: 'Time zone',
    'zone-hint': 'Windows end, and indicators are judged, by this clock.',
    language: 'Language of the network',
    'language-hint': 'The charter is written in it at least; everybody reads the site in their own.',
    fr: 'French',
    en: 'English',
    policy:
      'Windows and thresholds are at first those that Savoirs proposes; you change them when you like. Name, time zone and language stay.',
    open: 'Open the network',
  },
});

interface OpeningDraft {
  readonly label: string;
  readonly timeZone: string;
  readonly defaultLanguage: Language;
}

const EMPTY: OpeningDraft = { label: '', timeZone: 'Europe/Paris', defaultLanguage: 'fr' };

/** For the lead of a network that is not open yet (R23). */
export const OpenNetwork = ({ networkId }: { readonly networkId: string }) => {
  const say = useOpenTexts();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const name = `${networkId}/open`;
  const [draft, change, clear] = useDraft(name, EMPTY);
  const [isTried, setTried] = useState(false);
  const command = useCommand(name, (body: OpeningDraft, key) =>
    api.POST('/networks/{networkId}', { params: { path: { networkId }, header: { 'Idempotency-Key': key } }, body }),
  );
  const label = draft.label.trim();
  const open = async (): Promise<void> => {
    setTried(true);
    if (label === '' || !(await command.send({ ...draft, label }))) return;
    clear();
    await cache.refetchQueries({ queryKey: SESSION });
    await navigate({ to: '/n/$networkId/network/charter', params: { networkId } });
  };
  return (
    <Page title={say('title')} lead={say('lead')}>
      <Form onSend={() => void open()}>
        <TextField
          label={say('label')}
          hint={say('label-hint')}
          maxLength={200}
          value={draft.label}
          onChange={(value) => change({ label: value })}
          error={errorOf(command.fault, 'label') ?? (isTried && label === '' ? say('needs-label') : undefined)}
        />
        <Select
          label={say('zone')}
          hint={say('zone-hint')}
          value={draft.timeZone}
          options={Intl.supportedValuesOf('timeZone').map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
          onChange={(timeZone) => change({ timeZone })}
        />
        <Choices
          label={say('language')}
          hint={say('language-hint')}
          value={draft.defaultLanguage}
          options={LANGUAGES.map((language) => ({ value: language, label: say(language) }))}
          onChange={(defaultLanguage) => change({ defaultLanguage })}
        />
        <p className="soft">{say('policy')}</p>
        <Fault fault={command.fault} />
        <div className="row">
          <Button type="submit" look="primary" isBusy={command.isSending}>
            {say('open')}
          </Button>
        </div>
      </Form>
    </Page>
  );
};
