import { Link } from '@tanstack/react-router';
import { Fault } from '../../content/fault';
import { useWords } from '../../content/words';
import { Notice, Page, Scrollable, Section, Tag, Waiting } from '../../design/parts';
import { number } from '../../i18n/format';
import { useNetwork } from '../../session/session';
import { isUnderWay, ProgressBar, StateTags, useLag } from './build-facts';
import { isProcess, keyOf, PROCESS, useProgress, useListedBuilds, type Progress, type ListedBuild } from './projections-data';
import { useOperationTexts } from './texts';

/** Where every read model and process stands, as it moves. */
export const Projections = () => {
  const say = useOperationTexts();
  const words = useWords();
  const found = useListedBuilds();
  const { progress, liveness } = useProgress();
  const all = found.data?.projections ?? [];
  const live = <Tag {...(liveness === 'lost' ? { tone: 'warn' as const } : {})}>{say(liveness)}</Tag>;
  return (
    <Page title={say('title')} lead={say('lead')} tools={<span role="status">{live}</span>}>
      <Fault fault={found.error} onRetry={() => void found.refetch()} />
      {found.isPending ? <Waiting label={words('waiting')} /> : null}
      {found.data ? <Summary of={all} /> : null}
      {found.data ? (
        <>
          <Section title={say('models')}>
            <BuildTable of={all.filter(({ name }) => !isProcess(name))} label={say('models')} progress={progress} />
          </Section>
          <Section title={say('processes')}>
            <BuildTable of={all.filter(({ name }) => isProcess(name))} label={say('processes')} progress={progress} />
          </Section>
        </>
      ) : null}
    </Page>
  );
};

const Summary = ({ of }: { readonly of: readonly ListedBuild[] }) => {
  const say = useOperationTexts();
  const counted = (those: (one: ListedBuild) => boolean): number => of.filter(those).length;
  const stuck = counted(({ pace }) => pace === 'stuck');
  const behind = counted((one) => one.pace === 'behind' && !isUnderWay(one));
  const building = counted(isUnderWay);
  const parked = of.reduce((sum, one) => sum + one.parked, 0);
  const said = [
    stuck > 0 ? say('stuck', { count: stuck }) : null,
    parked > 0 ? say('set-aside', { count: parked }) : null,
    behind > 0 ? say('behind', { count: behind }) : null,
    building > 0 ? say('building', { count: building }) : null,
  ].filter((one) => one !== null);
  const tone = stuck > 0 ? 'bad' : parked > 0 ? 'warn' : undefined;
  return (
    <Notice {...(tone ? { tone } : {})}>{said.length === 0 ? <p>{say('all-well')}</p> : said.map((one) => <p key={one}>{one}</p>)}</Notice>
  );
};

const BuildTable = ({
  of,
  label,
  progress,
}: {
  readonly of: readonly ListedBuild[];
  readonly label: string;
  readonly progress: ReadonlyMap<string, Progress>;
}) => {
  const say = useOperationTexts();
  const lagOf = useLag();
  const { networkId } = useNetwork();
  return (
    <Scrollable label={say('table', { of: label })}>
      <table>
        <thead>
          <tr>
            <th scope="col">{say('name')}</th>
            <th scope="col">{say('state')}</th>
            <th scope="col">{say('lag')}</th>
            <th scope="col" className="number">
              {say('parked')}
            </th>
          </tr>
        </thead>
        <tbody>
          {of.map((one) => {
            const far = progress.get(keyOf(one));
            return (
              <tr key={keyOf(one)}>
                <th scope="row">
                  <Link to="/n/$networkId/operations/$name" params={{ networkId, name: one.name }}>
                    {one.name.replace(PROCESS, '')}
                  </Link>
                  <br />
                  <span className="small soft">{say('build-of', { version: one.version, build: one.build })}</span>
                </th>
                <td>
                  <StateTags progress={far ?? { serves: one.serves, paused: false }} listed={one} />
                  {far && isUnderWay(one) ? <ProgressBar of={far} /> : null}
                  {one.fault ? <p className="small">{say('fault', { fault: one.fault })}</p> : null}
                </td>
                <td>{isUnderWay(one) ? null : lagOf(one)}</td>
                <td className="number">{one.parked > 0 ? <Tag tone="bad">{number(one.parked)}</Tag> : number(0)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scrollable>
  );
};
