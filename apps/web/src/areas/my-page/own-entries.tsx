import { Link } from '@tanstack/react-router';
import { api } from '../../api/client';
import { useCommand } from '../../api/command';
import { Fault } from '../../content/fault';
import type { OwnEntry } from '../../content/meeting';
import { useWords } from '../../content/words';
import { Button, Card, Section, Tag } from '../../design/parts';
import { useNetwork } from '../../session/session';
import { useMyPageTexts } from './texts';

/** One's own offers and requests, and what can be done with each. */
export const OwnEntries = ({ entries }: { readonly entries: readonly OwnEntry[] }) => {
  const say = useMyPageTexts();
  const { networkId } = useNetwork();
  return (
    <Section
      title={say('entries')}
      tools={
        <div className="row">
          {(['offer', 'request'] as const).map((kind) => (
            <Link key={kind} to="/n/$networkId/publish/$kind" params={{ networkId, kind }} className="button">
              {say(`publish-${kind}`)}
            </Link>
          ))}
        </div>
      }
    >
      <ul role="list" className="columns">
        {entries.map((entry) => (
          <li key={entry.id}>
            <OwnEntryCard entry={entry} />
          </li>
        ))}
      </ul>
    </Section>
  );
};

type Act = 'pause' | 'resume' | 'withdraw' | 'confirm';

/** What its author may do with it, by its status. */
const EDITED = ['draft', 'published', 'review-due', 'paused', 'matched', 'contested'];
const ACTS: Readonly<Record<string, readonly Act[]>> = {
  published: ['pause', 'withdraw'],
  'review-due': ['confirm', 'withdraw'],
  paused: ['resume', 'withdraw'],
  draft: ['withdraw'],
};

const routeOf = {
  offer: {
    pause: '/networks/{networkId}/offers/{offerId}/pause',
    resume: '/networks/{networkId}/offers/{offerId}/resume',
    withdraw: '/networks/{networkId}/offers/{offerId}/withdrawal',
    confirm: '/networks/{networkId}/offers/{offerId}/confirmation',
  },
  request: {
    pause: '/networks/{networkId}/requests/{requestId}/pause',
    resume: '/networks/{networkId}/requests/{requestId}/resume',
    withdraw: '/networks/{networkId}/requests/{requestId}/withdrawal',
    confirm: '/networks/{networkId}/requests/{requestId}/confirmation',
  },
} as const;

const OwnEntryCard = ({ entry }: { readonly entry: OwnEntry }) => {
  const say = useMyPageTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const { id, kind, status, content } = entry;
  const act = useCommand(`${networkId}/entry/${id}`, (what: Act, key) => {
    const header = { 'Idempotency-Key': key };
    return kind === 'offer'
      ? api.POST(routeOf.offer[what], { params: { path: { networkId, offerId: id }, header } })
      : api.POST(routeOf.request[what], { params: { path: { networkId, requestId: id }, header } });
  });
  return (
    <Card>
      <div className="row">
        <Tag tone="accent">{words(kind)}</Tag>
        <Tag>{words(`status-${status}` as 'status-published')}</Tag>
      </div>
      <h3>{content.topic.text ?? words('erased')}</h3>
      <p lang={content.language}>{content.wording ?? words('erased')}</p>
      <Fault fault={act.fault} />
      <div className="row">
        {EDITED.includes(status) ? (
          <Link to="/n/$networkId/entries/$entryId" params={{ networkId, entryId: id }} className="button plain">
            {say(status === 'draft' ? 'publish-draft' : 'revise')}
          </Link>
        ) : null}
        {(ACTS[status] ?? []).map((what) => (
          <Button key={what} look="plain" isBusy={act.isSending} onClick={() => void act.send(what)}>
            {say(what)}
          </Button>
        ))}
      </div>
    </Card>
  );
};
