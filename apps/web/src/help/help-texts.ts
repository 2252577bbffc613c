import { useQuery } from '@tanstack/react-query';
import { useMatches } from '@tanstack/react-router';
import { languageNow } from '../i18n/language';

interface HelpText {
  readonly title: string;
  readonly lead: string;
  readonly html: string;
}

const FOLDER = '../../../../docs/guides/site/';
const files = import.meta.glob<Readonly<Record<'fr' | 'en', HelpText>>>('../../../../docs/guides/site/*.md');

/** The text for a page, by its address as the router has it; of the nearest page above where it has none of its own. */
export const helpFor = (path: string): string => {
  const words = path.split('/').filter((part) => part !== '' && part !== 'n' && !part.startsWith('$'));
  for (let count = words.length; count > 0; count--) {
    const name = words.slice(0, count).join('-');
    if (`${FOLDER}${name}.md` in files) return name;
  }
  return 'my-page';
};

/** The text for the page that is shown. */
export const useHelpHere = (): string => helpFor(useMatches({ select: (matches) => matches.at(-1)?.fullPath ?? '' }));

/** Read when it is wanted: no page waits for it. */
export const useHelpText = (name: string, isWanted = true) =>
  useQuery({
    queryKey: ['help', name, languageNow()],
    queryFn: async () => (await files[`${FOLDER}${name}.md`]!())[languageNow()],
    enabled: isWanted,
    staleTime: Infinity,
  });
