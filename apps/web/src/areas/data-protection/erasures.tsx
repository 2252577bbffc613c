import { useState } from 'react';
import { api } from '../../api/client';
import { usePages } from '../../api/pages';
import { ErasureState, isHeld, type Erasure } from '../../content/erasure-state';
import { Fault } from '../../content/fault';
import { Id } from '../../content/id';
import { IdentityLookup } from '../../content/identity-lookup';
import { More } from '../../content/more';
import { useWords } from '../../content/words';
import { Button, Card, Dialog, Empty, Notice, Page, Section, Tag, Waiting, Switch } from '../../design/parts';
import { useNetwork } from '../../session/session';
import { Approve, AskForErasure, Defer } from './erasure-dialogs';
import { useProtectionTexts } from './texts';

type Asked = 'approve' | 'defer' | 'identity' | 'ask';

/** What waits for a second person, what is held, what is done. */
export const Erasures = () => {
  const say = useProtectionTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const [state, setState] = useState<'open' | 'erased'>('open');
  const [dialog, setDialog] = useState<{ readonly ask: Asked; readonly memberId: string } | null>(null);
  const [isAsked, setAsked] = useState(false);
  const found = usePages(['erasures', networkId, state], (cursor, signal) =>
    api.GET('/networks/{networkId}/erasures', {
      params: { path: { networkId }, query: { state, limit: 50, ...(cursor ? { cursor } : {}) } },
      signal,
    }),
  );
  const erasures = found.data?.pages.flatMap((page) => page.erasures) ?? [];
  const close = (): void => setDialog(null);
  return (
    <Page
      title={say('title')}
      lead={say('lead')}
      tools={<Button onClick={() => setDialog({ ask: 'ask', memberId: '' })}>{say('ask')}</Button>}
    >
      {isAsked ? <Notice>{say('asked')}</Notice> : null}
      <Switch
        label={say('which')}
        value={state}
        options={(['open', 'erased'] as const).map((value) => ({ value, label: say(value) }))}
        onChange={setState}
      />
      <Section title={say(state)}>
        {found.isPending ? <Waiting label={words('waiting')} /> : null}
        <Fault fault={found.error} onRetry={() => void found.refetch()} />
        {found.data && erasures.length === 0 ? (
          <Empty title={say(state === 'open' ? 'empty' : 'empty-erased')}>
            <p>{say(state === 'open' ? 'empty-text' : 'empty-erased-text')}</p>
          </Empty>
        ) : null}
        <ul role="list" className="columns">
          {erasures.map((erasure) => (
            <li key={erasure.memberId}>
              <ErasureCard erasure={erasure} onAsk={(ask) => setDialog({ ask, memberId: erasure.memberId })} />
            </li>
          ))}
        </ul>
        <More of={found} />
      </Section>
      <Dialog isOpen={dialog !== null} onClose={close} title={titleOf(say, dialog?.ask)}>
        {dialog?.ask === 'approve' ? <Approve memberId={dialog.memberId} onDone={close} /> : null}
        {dialog?.ask === 'defer' ? <Defer memberId={dialog.memberId} onDone={close} /> : null}
        {dialog?.ask === 'identity' ? <IdentityLookup memberId={dialog.memberId} /> : null}
        {dialog?.ask === 'ask' ? (
          <AskForErasure
            onDone={(isSent) => {
              setAsked(isSent);
              close();
            }}
          />
        ) : null}
      </Dialog>
    </Page>
  );
};

const titleOf = (say: ReturnType<typeof useProtectionTexts>, ask: Asked | undefined): string => {
  if (ask === 'approve') return say('approve-title');
  if (ask === 'defer') return say('defer-title');
  return say(ask === 'ask' ? 'ask' : 'identity');
};

const ErasureCard = ({ erasure, onAsk }: { readonly erasure: Erasure; readonly onAsk: (ask: Asked) => void }) => {
  const say = useProtectionTexts();
  const { memberId, asked, approved, erased } = erasure;
  const held = isHeld(erasure);
  const isYours = !erased && !approved && !held && asked?.byYou === false;
  return (
    <Card {...(isYours ? { tone: 'first' as const } : {})}>
      <div className="row apart">
        <h3>
          {say('member')} <Id id={memberId} />
        </h3>
        {isYours ? <Tag tone="accent">{say('yours')}</Tag> : null}
        {held ? <Tag tone="warn">{say('held')}</Tag> : null}
        {approved && !erased && !held ? <Tag>{say('approved')}</Tag> : null}
      </div>
      <ErasureState erasure={erasure} />
      {erased ? null : (
        <>
          {approved || !asked?.byYou ? null : <p className="small soft">{say('not-you')}</p>}
          {approved || !held || asked?.byYou ? null : <p className="small soft">{say('not-held')}</p>}
          <div className="row">
            {isYours ? (
              <Button look="primary" onClick={() => onAsk('approve')}>
                {say('approve')}
              </Button>
            ) : null}
            <Button onClick={() => onAsk('defer')}>{say('defer')}</Button>
            <Button onClick={() => onAsk('identity')}>{say('identity')}</Button>
          </div>
        </>
      )}
    </Card>
  );
};
