import { More } from '../../content/more';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { api } from '../../api/client';
import { usePages } from '../../api/pages';
import { Fault } from '../../content/fault';
import { useWords } from '../../content/words';
import { Select, TextField } from '../../design/fields';
import { Button, Empty, Page, Section, Waiting, Switch } from '../../design/parts';
import type { DirectorySearch } from '../../router';
import { useNetwork } from '../../session/session';
import { useIsOwn } from './is-own';
import { AnswerDialog } from './answer-dialog';
import { ContestDialog } from './contest-dialog';
import { EntryCard, type DirectoryEntry } from './entry-card';
import { useDirectoryTexts } from './texts';

const TYPING_MS = 250;
const PAGE_SIZE = 20;

type Change = { readonly [Key in keyof DirectorySearch]: DirectorySearch[Key] | undefined };

/** Search as one types; all that is asked stands in the address bar. */
export const Directory = () => {
  const say = useDirectoryTexts();
  const words = useWords();
  const { networkId, roles } = useNetwork();
  const search = useSearch({ from: '/n/$networkId/directory' });
  const navigate = useNavigate({ from: '/n/$networkId/directory' });
  const [typed, setTyped] = useState(search.text ?? '');
  const [chosen, setChosen] = useState<DirectoryEntry | null>(null);
  const [contested, setContested] = useState<DirectoryEntry | null>(null);
  const ask = (change: Change): void =>
    void navigate({ search: (before) => ({ ...before, ...change }) as DirectorySearch, replace: true, resetScroll: false });
  useEffect(() => {
    const text = typed.trim() === '' ? undefined : typed.trim();
    if (text === search.text) return undefined;
    const later = setTimeout(() => ask({ text }), TYPING_MS);
    return () => clearTimeout(later);
  });
  const found = usePages(['directory', networkId, search], (cursor, signal) =>
    api.GET('/networks/{networkId}/directory', {
      params: { path: { networkId }, query: { ...search, limit: PAGE_SIZE, ...(cursor ? { cursor } : {}) } },
      signal,
    }),
  );
  const entries = found.data?.pages.flatMap((page) => page.entries) ?? [];
  const isOwn = useIsOwn();
  const hint = found.data?.pages[0]?.hint?.message;
  const clear = (): void => {
    setTyped('');
    void navigate({ search: {}, replace: true });
  };
  return (
    <Page title={say('title')} lead={say('lead')}>
      <search className="stack tight">
        <Switch
          label={say('what')}
          value={search.kind}
          options={[
            { value: undefined, label: say('all') },
            { value: 'offer', label: say('teach') },
            { value: 'request', label: say('learn') },
          ]}
          onChange={(kind) => ask({ kind })}
        />
        <TextField
          label={say('search')}
          hint={hint ?? say('search-hint')}
          type="search"
          value={typed}
          onChange={setTyped}
          maxLength={200}
        />
        <Filters search={search} ask={ask} />
      </search>
      <Section title={say('results')}>
        {found.isPending ? <Waiting lines={5} label={words('waiting')} /> : null}
        <Fault fault={found.error} onRetry={() => void found.refetch()} />
        {found.data && entries.length === 0 ? (
          <Empty title={say('nothing-title')}>
            <p>{say('nothing')}</p>
            <div className="row">
              {roles.includes('member') ? (
                <Link to="/n/$networkId/publish/$kind" params={{ networkId, kind: 'request' }} className="button primary">
                  {say('publish-request')}
                </Link>
              ) : null}
              <Button onClick={clear}>{say('clear')}</Button>
            </div>
          </Empty>
        ) : null}
        <ul role="list" className="columns">
          {entries.map((entry) => (
            <li key={`${entry.kind}/${entry.id}`}>
              <EntryCard
                entry={entry}
                isOwn={isOwn(entry)}
                onChoose={roles.includes('member') ? () => setChosen(entry) : null}
                onContest={roles.includes('member') ? () => setContested(entry) : null}
              />
            </li>
          ))}
        </ul>
        <More of={found} />
      </Section>
      <AnswerDialog entry={chosen} onClose={() => setChosen(null)} />
      <ContestDialog entry={contested} onClose={() => setContested(null)} />
    </Page>
  );
};

const Filters = ({ search, ask }: { readonly search: DirectorySearch; readonly ask: (change: Change) => void }) => {
  const say = useDirectoryTexts();
  const words = useWords();
  const isNarrowed = Boolean(search.level ?? search.language ?? search.place ?? search.site);
  return (
    <details open={isNarrowed}>
      <summary>{say('filters')}</summary>
      <div className="columns">
        <Select
          label={say('level')}
          any={say('any')}
          value={search.level ?? ''}
          onChange={(level) => ask({ level: level || undefined })}
          options={(['beginner', 'practised', 'advanced'] as const).map((value) => ({ value, label: words(`level-${value}`) }))}
        />
        <Select
          label={say('language')}
          any={say('any')}
          value={search.language ?? ''}
          onChange={(language) => ask({ language: language || undefined })}
          options={[
            { value: 'fr', label: say('french') },
            { value: 'en', label: say('english') },
          ]}
        />
        <Select
          label={say('place')}
          any={say('any')}
          value={search.place ?? ''}
          onChange={(place) => ask({ place: place || undefined })}
          options={(['site', 'remote', 'either'] as const).map((value) => ({ value, label: words(`place-${value}`) }))}
        />
        <TextField label={say('site')} value={search.site ?? ''} onChange={(site) => ask({ site: site.trim() || undefined })} />
      </div>
    </details>
  );
};
