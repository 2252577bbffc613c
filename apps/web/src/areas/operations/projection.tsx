import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../api/client';
import { useCommand } from '../../api/command';
import { isPassing, Problem } from '../../api/problem';
import { Fault } from '../../content/fault';
import { useWords } from '../../content/words';
import { Button, Card, Empty, Notice, Page, Section, Waiting } from '../../design/parts';
import { dayAndTime } from '../../i18n/format';
import { useNetwork } from '../../session/session';
import { ActDialog } from './act-dialog';
import { useActTexts } from './act-texts';
import type { Act, TakenUp } from './acting';
import { isUnderWay, ProgressBar, StateTags, useLag } from './build-facts';
import { ComparisonReport } from './comparison';
import { Parked } from './parked';
import { isProcess, keyOf, progressOf, useProgress, useListedBuilds, type Progress, type ListedBuild } from './projections-data';
import { useProjectionTexts } from './projection-texts';
import { useOperationTexts } from './texts';

/** One read model or process: its builds, what it set aside, and what an operator can do. */
export const ProjectionPage = () => {
  const { name } = useParams({ from: '/n/$networkId/operations/$name' });
  return <OneProjection key={name} name={name} />;
};

const OneProjection = ({ name }: { readonly name: string }) => {
  const say = useProjectionTexts();
  const sayAct = useActTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const [act, setAct] = useState<Act | null>(null);
  const [done, setDone] = useState<{ readonly act: Act; readonly rows: readonly TakenUp[] } | null>(null);
  const listed = useListedBuilds();
  const asked = useQuery(progressOf(networkId, name));
  const { progress: live } = useProgress(isProcess(name) ? 'no process is told here' : `${name}/`);
  const builds = asked.data?.builds.map((one) => live.get(keyOf(one)) ?? one) ?? [];
  const compare = useCommand(`${networkId}/compare/${name}`, async () => {
    const { data } = await api.POST('/networks/{networkId}/operations/projections/{name}/comparison', {
      params: { path: { networkId, name } },
    });
    return data!.comparison;
  });
  const [compared, setCompared] = useState<Awaited<ReturnType<typeof compare.send>>>(null);
  const lead = say(isProcess(name) ? 'lead-process' : 'lead-model');
  const back = (
    <p className="no-print">
      <Link to="/n/$networkId/operations" params={{ networkId }}>
        {say('back')}
      </Link>
    </p>
  );
  if (asked.data && builds.length === 0)
    return (
      <Page title={name}>
        <Empty title={say('nobody')}>
          <p>{say('nobody-text')}</p>
          {back}
        </Empty>
      </Page>
    );
  return (
    <Page
      title={name}
      lead={lead}
      tools={
        isProcess(name) ? undefined : (
          <Button look="primary" onClick={() => setAct({ kind: 'rebuild', name })}>
            {sayAct('do-rebuild')}
          </Button>
        )
      }
    >
      {back}
      {done ? <Done act={done.act} rows={done.rows} /> : null}
      <Fault fault={asked.error ?? listed.error} onRetry={() => void asked.refetch()} />
      <Section title={say('builds')}>
        {asked.isPending ? <Waiting label={words('waiting')} /> : null}
        <ul role="list" className="columns">
          {builds.map((one) => (
            <li key={keyOf(one)}>
              <BuildCard
                progress={one}
                listed={listed.data?.projections.find((other) => keyOf(other) === keyOf(one))}
                onAct={setAct}
                compare={
                  one.serves === 'ready' ? { isBusy: compare.isSending, run: async () => setCompared(await compare.send(null)) } : null
                }
              />
            </li>
          ))}
        </ul>
        {compare.isSending ? <Notice>{say('comparing')}</Notice> : null}
        <Fault fault={compare.fault} />
      </Section>
      {compared ? <ComparisonReport of={compared} /> : null}
      <Parked name={name} onAct={setAct} />
      {isProcess(name) ? null : <Certificate name={name} />}
      <ActDialog
        act={act}
        onClose={() => setAct(null)}
        onDone={(given, rows) => {
          setAct(null);
          setDone({ act: given, rows });
        }}
      />
    </Page>
  );
};

const Done = ({ act, rows }: { readonly act: Act; readonly rows: readonly TakenUp[] }) => {
  const sayAct = useActTexts();
  const isTakingUp = act.kind === 'retry' || act.kind === 'skip';
  return (
    <Notice {...(rows.some(({ fault }) => fault !== null) ? { tone: 'warn' as const } : {})}>
      <p>{sayAct(`done-${act.kind}`)}</p>
      {isTakingUp && rows.length === 0 ? <p>{sayAct('row-none')}</p> : null}
      {rows.map(({ key, folded, left, fault }) => (
        <p key={key}>{fault === null ? sayAct('row-done', { key, folded, left }) : sayAct('row-fault', { key, folded, left, fault })}</p>
      ))}
    </Notice>
  );
};

interface BuildCardProps {
  readonly progress: Progress;
  readonly listed: ListedBuild | undefined;
  readonly onAct: (act: Act) => void;
  readonly compare: { readonly isBusy: boolean; readonly run: () => Promise<void> } | null;
}

const BuildCard = ({ progress, listed, onAct, compare }: BuildCardProps) => {
  const say = useProjectionTexts();
  const sayAct = useActTexts();
  const sayAll = useOperationTexts();
  const lagOf = useLag();
  const { name, version, build, serves, paused } = progress;
  const keptUntil = listed?.keptUntil ?? null;
  const kinds: readonly Act['kind'][] = [
    paused ? 'resume' : 'pause',
    ...(serves === 'ready' ? [keptUntil ? ('rollback' as const) : ('switch' as const)] : []),
    ...(serves === 'ready' && !keptUntil ? ['force' as const] : []),
    ...(serves === 'active' ? [] : ['stop' as const]),
  ];
  return (
    <Card {...(serves === 'active' ? { tone: 'first' as const } : {})}>
      <h3>{say('the-build', { version, build })}</h3>
      <StateTags progress={progress} listed={listed} />
      {listed ? <p className="small soft">{say('since', { at: dayAndTime(listed.beganAt) })}</p> : null}
      {isUnderWay(progress) ? (
        <ProgressBar of={progress} />
      ) : listed ? (
        <dl className="facts">
          <dt>{sayAll('lag')}</dt>
          <dd>{lagOf(listed)}</dd>
        </dl>
      ) : null}
      {progress.fault ? <Notice tone="warn">{sayAll('fault', { fault: progress.fault })}</Notice> : null}
      <div className="row">
        {compare ? (
          <Button isBusy={compare.isBusy} onClick={() => void compare.run()}>
            {say('compare')}
          </Button>
        ) : null}
        {kinds.map((kind) => (
          <Button
            key={kind}
            {...(kind === 'stop' || kind === 'force' ? { look: 'bad' as const } : {})}
            onClick={() => onAct({ kind, name, build: { version, build } })}
          >
            {sayAct(`do-${kind}`)}
          </Button>
        ))}
      </div>
    </Card>
  );
};

const Certificate = ({ name }: { readonly name: string }) => {
  const say = useProjectionTexts();
  const { networkId } = useNetwork();
  const [line, setLine] = useState<string | null>(null);
  const certify = useCommand(`${networkId}/certify/${name}`, async () => {
    const { data } = await api.GET('/networks/{networkId}/operations/projections/{name}/certificate', {
      params: { path: { networkId, name } },
    });
    return data!.line;
  });
  const isUnderWay = certify.fault instanceof Problem && isPassing(certify.fault);
  return (
    <Section title={say('certified')}>
      <p className="soft">{say('certify-text')}</p>
      {line ? (
        <Notice>
          <code>{line}</code>
        </Notice>
      ) : null}
      {isUnderWay ? <Notice>{say('certify-again')}</Notice> : <Fault fault={certify.fault} />}
      <div className="row">
        <Button isBusy={certify.isSending} onClick={() => void certify.send(null).then(setLine)}>
          {say('certify')}
        </Button>
      </div>
    </Section>
  );
};
