import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client';
import { Problem } from '../../api/problem';
import { Fault } from '../../content/fault';
import { Id } from '../../content/id';
import { Select } from '../../design/fields';
import { Button, Card, Form, Notice, Page, Section, Waiting } from '../../design/parts';
import { number } from '../../i18n/format';
import { useNetwork } from '../../session/session';
import { READ_MODELS, useProofTexts, type ReadModelName } from './proof-texts';
import { Verifier } from './verifier/verifier';

const ASK_AGAIN_MS = 2_000;
const isUnderWay = (fault: unknown): boolean => fault instanceof Problem && fault.code === 'under-way';

/** What can be shown to be so without believing anybody. */
export const Proofs = () => {
  const say = useProofTexts();
  const [chosen, setChosen] = useState<ReadModelName>('exchange-history');
  const [asked, setAsked] = useState<ReadModelName | null>(null);
  return (
    <Page title={say('title')} lead={say('lead')}>
      <Verifier />
      <Section title={say('certificate')}>
        <p>{say('certificate-text')}</p>
        <Form className="card no-print" onSend={() => setAsked(chosen)}>
          <Select
            label={say('model')}
            value={chosen}
            onChange={(name) => name !== '' && setChosen(name)}
            options={READ_MODELS.map((value) => ({ value, label: say(`of-${value}`) }))}
          />
          <div className="row">
            <Button type="submit" look="primary">
              {say('certify')}
            </Button>
          </div>
        </Form>
        {asked ? <Certificate key={asked} name={asked} /> : null}
      </Section>
    </Page>
  );
};

const Certificate = ({ name }: { readonly name: ReadModelName }) => {
  const say = useProofTexts();
  const { networkId } = useNetwork();
  const found = useQuery({
    queryKey: ['certificate', networkId, name],
    queryFn: async ({ signal }) =>
      (await api.GET('/networks/{networkId}/operations/projections/{name}/certificate', { params: { path: { networkId, name } }, signal }))
        .data!,
    retry: (_, fault) => isUnderWay(fault),
    retryDelay: ASK_AGAIN_MS,
    staleTime: Infinity,
  });
  if (found.error) return <Fault fault={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data)
    return (
      <>
        <Notice>{say('under-way')}</Notice>
        <Waiting label={say('under-way')} lines={2} />
      </>
    );
  const { certificate, line } = found.data;
  return (
    <Card tone="first">
      <dl className="facts">
        <dt>{say('model')}</dt>
        <dd>
          {say(`of-${name}`)} {say('version', { version: certificate.version })}
        </dd>
        <dt>{say('rows')}</dt>
        <dd>{number(certificate.rows)}</dd>
        <dt>{say('last')}</dt>
        <dd>{certificate.event ? <Id id={certificate.event} isWhole /> : null}</dd>
        <dt>{say('ordinal')}</dt>
        <dd>{number(certificate.ordinal)}</dd>
        <dt>{say('parked')}</dt>
        <dd>{number(certificate.parked)}</dd>
        <dt>{say('hash')}</dt>
        <dd>
          <Id id={certificate.hash} isWhole />
        </dd>
        <dt>{say('line')}</dt>
        <dd>
          <Id id={line} isWhole />
        </dd>
      </dl>
    </Card>
  );
};
