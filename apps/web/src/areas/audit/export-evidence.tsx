import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../../api/client';
import { download } from '../../content/download';
import { Fault } from '../../content/fault';
import { Button, Notice, Section } from '../../design/parts';
import { defineTexts } from '../../i18n/define-texts';
import { useNetwork } from '../../session/session';

const useExportTexts = defineTexts('export-evidence', {
  fr: {
    title: 'La preuve, pour d’autres',
    lead: 'Un fichier de tous ces événements tels qu’ils sont enregistrés, chiffrés : quiconque le vérifie sans nous, hors connexion. La consultation est enregistrée, avec le même motif.',
    export: 'Exporter la preuve',
    exported: 'Le fichier est téléchargé. Vérifiez-le ici même, à la page',
    proofs: 'Preuves',
  },
  en: {
    title: 'Evidence, for others',
    lead: 'One file of all these events as they are stored, encrypted: anybody checks it without us, offline. The look is recorded, with the same motive.',
    export: 'Export the evidence',
    exported: 'The file is downloaded. Check it right here, on the page',
    proofs: 'Proofs',
  },
});

interface ExportProps {
  readonly exchangeId: string;
  readonly motive: string;
}

/** The exchange that was replayed as a file that a stranger can check: byte for byte as the API wrote it. */
export const ExportEvidence = ({ exchangeId, motive }: ExportProps) => {
  const say = useExportTexts();
  const { networkId } = useNetwork();
  const file = useMutation({
    mutationFn: async () => {
      const { data = '' } = await api.POST('/networks/{networkId}/exchanges/{exchangeId}/evidence-bundle', {
        params: { path: { networkId, exchangeId } },
        ...{ body: { motive }, parseAs: 'text' },
      });
      download(`evidence-${exchangeId}.json`, 'application/json', data);
    },
  });
  return (
    <Section title={say('title')}>
      <p>{say('lead')}</p>
      <div className="row no-print">
        <Button isBusy={file.isPending} onClick={() => (file.isPending ? undefined : file.mutate())}>
          {say('export')}
        </Button>
      </div>
      <Fault fault={file.error} />
      {file.isSuccess ? (
        <Notice>
          <p>
            {say('exported')}{' '}
            <Link to="/n/$networkId/audit/proofs" params={{ networkId }}>
              {say('proofs')}
            </Link>
          </p>
        </Notice>
      ) : null}
    </Section>
  );
};
