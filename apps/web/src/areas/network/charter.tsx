import { useState } from 'react';
import { api, queries } from '../../api/client';
import { useCommand } from '../../api/command';
import { errorOf, Fault } from '../../content/fault';
import { useWords } from '../../content/words';
import { Select, TextArea } from '../../design/fields';
import { Button, Card, Dialog, Empty, Form, Notice, Page, Section, Waiting } from '../../design/parts';
import { day } from '../../i18n/format';
import { LANGUAGES, type Language } from '../../i18n/language';
import { useDraft } from '../../session/drafts';
import { useNetwork } from '../../session/session';
import { useCharterTexts } from './charter-texts';

type CharterText = Readonly<Partial<Record<Language, string>>>;
interface Charter {
  readonly charterVersion: number;
  readonly text: CharterText;
  readonly publishedAt: string;
}

/** @param version not asked for while it is 0: there is none yet */
const useCharter = (version: number) => {
  const { networkId } = useNetwork();
  return queries.useQuery(
    'get',
    '/networks/{networkId}/charter',
    { params: { path: { networkId }, query: { version } } },
    { enabled: version > 0, placeholderData: (before) => before },
  );
};

/** The words that everybody accepts who enters (R1): in force, earlier, and the next ones. */
export const CharterPage = () => {
  const say = useCharterTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const network = queries.useQuery('get', '/networks/{networkId}', { params: { path: { networkId } } });
  const latest = network.data?.charterVersion ?? 0;
  const isFirst = network.data !== undefined && latest === 0;
  const current = useCharter(latest);
  const [asked, setAsked] = useState(0);
  const shown = useCharter(asked || latest);
  const versions = Array.from({ length: latest }, (_, at) => latest - at);
  return (
    <Page title={say('title')} lead={say('lead')}>
      {network.isPending || (latest > 0 && current.isPending) ? <Waiting label={words('waiting')} /> : null}
      {isFirst ? (
        <Empty title={say('none')}>
          <p>{say('none-text')}</p>
        </Empty>
      ) : (
        <Fault fault={network.error ?? current.error ?? shown.error} onRetry={() => void network.refetch()} />
      )}
      {shown.data ? (
        <Section title={say(shown.data.charterVersion === latest ? 'in-force' : 'earlier', { version: shown.data.charterVersion })}>
          {latest > 1 ? (
            <Select
              label={say('version')}
              value={String(asked || latest)}
              options={versions.map((version) => ({ value: String(version), label: say('version-n', { version }) }))}
              onChange={(version) => setAsked(Number(version))}
            />
          ) : null}
          <p className="small soft">{say('published', { day: day(shown.data.publishedAt) })}</p>
          <BothLanguages text={shown.data.text} />
        </Section>
      ) : null}
      {isFirst || current.data?.charterVersion === latest ? <NextCharter key={latest} current={current.data ?? null} /> : null}
    </Page>
  );
};

const BothLanguages = ({ text }: { readonly text: CharterText }) => {
  const say = useCharterTexts();
  return (
    <div className="columns">
      {LANGUAGES.map((language) => (
        <Card key={language}>
          <h3>{say(`in-${language}`)}</h3>
          {text[language] ? (
            <p className="written" lang={language}>
              {text[language]}
            </p>
          ) : (
            <p className="soft">{say('not-written')}</p>
          )}
        </Card>
      ))}
    </div>
  );
};

const NextCharter = ({ current }: { readonly current: Charter | null }) => {
  const say = useCharterTexts();
  const words = useWords();
  const { networkId, defaultLanguage } = useNetwork();
  const name = `${networkId}/charter`;
  const [draft, change, clear] = useDraft<CharterText>(name, current?.text ?? {});
  const [isTried, setTried] = useState(false);
  const [isPreviewed, setPreviewed] = useState(false);
  const command = useCommand(name, (text: CharterText, key) =>
    api.POST('/networks/{networkId}/charter', { params: { path: { networkId }, header: { 'Idempotency-Key': key } }, body: { text } }),
  );
  const version = (current?.charterVersion ?? 0) + 1;
  const text = Object.fromEntries(
    LANGUAGES.map((language) => [language, draft[language]?.trim() ?? '']).filter(([, one]) => one !== ''),
  ) as CharterText;
  const isMissing = !text[defaultLanguage];
  const isSame = current !== null && LANGUAGES.every((language) => text[language] === current.text[language]);
  const publish = async (): Promise<void> => {
    if (!(await command.send(text))) return;
    clear();
    setPreviewed(false);
  };
  return (
    <Section title={say('next', { version })}>
      <p className="soft">
        {current ? say('next-start') : null} {say('next-text')}
      </p>
      <Form
        onSend={() => {
          setTried(true);
          setPreviewed(!isMissing && !isSame);
        }}
      >
        {LANGUAGES.map((language) => (
          <TextArea
            key={language}
            label={say(`in-${language}`)}
            lang={language}
            rows={10}
            maxLength={50_000}
            value={draft[language] ?? ''}
            onChange={(value) => change({ [language]: value })}
            error={
              errorOf(command.fault, `text.${language}`) ??
              (isTried && language === defaultLanguage && isMissing ? say('needs-default') : undefined)
            }
          />
        ))}
        {isTried && isSame ? <Notice tone="warn">{say('same')}</Notice> : null}
        <div className="row">
          <Button type="submit" look="primary">
            {say('preview')}
          </Button>
        </div>
      </Form>
      <Dialog isOpen={isPreviewed} onClose={() => setPreviewed(false)} title={say('preview-title', { version })}>
        <BothLanguages text={text} />
        <p>{say(version === 1 ? 'asks-first' : 'asks')}</p>
        <Fault fault={command.fault} />
        <div className="row">
          <Button look="primary" isBusy={command.isSending} onClick={() => void publish()}>
            {say('publish', { version })}
          </Button>
          <Button look="plain" onClick={() => setPreviewed(false)}>
            {words('cancel')}
          </Button>
        </div>
      </Dialog>
    </Section>
  );
};
