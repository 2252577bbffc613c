import { useState } from 'react';
import { download } from '../../../content/download';
import { Fault } from '../../../content/fault';
import { Button } from '../../../design/parts';

interface CsvFileProps {
  readonly label: string;
  readonly name: string;
  readonly read: () => Promise<{ readonly data?: unknown }>;
}

/** The API's own file, so that whoever fetches it by program has the same. */
export const CsvFile = ({ label, name, read }: CsvFileProps) => {
  const [fault, setFault] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    setBusy(true);
    setFault(null);
    try {
      download(`${name}.csv`, 'text/csv', String((await read()).data));
    } catch (failure) {
      setFault(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button isBusy={isBusy} onClick={() => void save()}>
        {label}
      </Button>
      <Fault fault={fault} />
    </>
  );
};
