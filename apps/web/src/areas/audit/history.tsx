import { Id } from '../../content/id';
import { useFigureTexts } from './figure-texts';

const HISTORIES = ['network', 'member', 'offer', 'request', 'round', 'match', 'exchange', 'incident'] as const;

/** `exchange-…`, `member-…`: whose history an event belongs to, in words. */
export const History = ({ of: stream }: { readonly of: string }) => {
  const say = useFigureTexts();
  const [, kind = '', id = ''] = /^([a-z]+)-(.*)$/.exec(stream) ?? [];
  const history = HISTORIES.find((one) => one === kind);
  return (
    <>
      {history ? say(`of-${history}`) : stream} {history ? <Id id={id} /> : null}
    </>
  );
};
