import { Button } from '../design/parts';
import { useWords } from './words';

interface Pages {
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly fetchNextPage: () => Promise<unknown>;
}

/** The next page of a list, where there is one. */
export const More = ({ of }: { readonly of: Pages }) => {
  const words = useWords();
  if (!of.hasNextPage) return null;
  return (
    <p>
      <Button isBusy={of.isFetchingNextPage} onClick={() => void of.fetchNextPage()}>
        {words('more')}
      </Button>
    </p>
  );
};
