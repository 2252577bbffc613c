import { useQuery } from '@tanstack/react-query';
import { useMatches } from '@tanstack/react-router';
import { languageNow } from '../i18n/language';

type InBoth<Text> = Readonly<Record<'fr' | 'en', Text>>;

const FOLDER = '../../../../docs/guides/site/';
const files = import.meta.glob<InBoth<{ readonly title: string; readonly html: string }>>('../../../../docs/guides/site/*.md');
const leads = import.meta.glob<InBoth<string>>('../../../../docs/guides/site/*.md', { query: '?lead', eager: true });
const fileOf = (name: string): string => `${FOLDER}${name}.md`;

/** The text for a page, by its address as the router has it; of the nearest page above where it has none of its own. */
export const helpFor = (path: string): string => {
  const words = path.split('/').filter((part) => part !== '' && part !== 'n' && !part.startsWith('$'));
  for (let count = words.length; count > 0; count--) {
    const name = words.slice(0, count).join('-');
    if (fileOf(name) in files) return name;
  }
  return 'my-page';
};

/** The text for the page that is shown. */
export const useHelpHere = (): string => helpFor(useMatches({ select: (matches) => matches.at(-1)?.fullPath ?? '' }));

/** What a page is for, in a sentence or two. */
export const leadOf = (name: string): string => leads[fileOf(name)]![languageNow()];

/** Loaded when somebody asks for it. */
export const useHelpText = (name: string, isWanted: boolean) =>
  useQuery({
    queryKey: ['help', name, languageNow()],
    queryFn: async () => (await files[fileOf(name)]!())[languageNow()],
    enabled: isWanted,
    staleTime: Infinity,
  });
