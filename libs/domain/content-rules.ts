import type { Personal } from '#kernel/message';
import type { RuleId } from './rule';
import type { Content, OfferContent } from './vocabulary';

/** What keeps a content from being published. */
export type ContentRefusal =
  | { readonly code: 'not-declared-professional' }
  | { readonly code: 'declared-by-another' }
  | { readonly code: 'wording-missing' }
  | { readonly code: 'topic-missing' }
  | { readonly code: 'site-missing' }
  | { readonly code: 'group-sizes-wrong' };

export const contentRefusalRules: Record<ContentRefusal['code'], RuleId | null> = {
  'not-declared-professional': 'R14',
  'declared-by-another': 'R14',
  'wording-missing': null,
  'topic-missing': null,
  'site-missing': null,
  'group-sizes-wrong': 'R7',
};

/** A reference names a text that was given before. */
export const isBlank = (text: Personal): boolean => typeof text === 'string' && text.trim() === '';

/** R14: declared professional by its author; R5: nobody else approves it. */
export const contentRefusal = (content: Content): ContentRefusal | null => {
  if (!content.declaredProfessional) return { code: 'not-declared-professional' };
  if (isBlank(content.wording)) return { code: 'wording-missing' };
  if (isBlank(content.topic.text)) return { code: 'topic-missing' };
  if (content.place === 'site' && content.site === null) return { code: 'site-missing' };
  return null;
};

/** R14: nobody declares for the author; what others write in their name stays undeclared until they do. */
export const declaredByAnother = (contents: readonly Content[], isAuthor: boolean): ContentRefusal | null =>
  !isAuthor && contents.some(({ declaredProfessional }) => declaredProfessional) ? { code: 'declared-by-another' } : null;

/** R14: as its author declares it, having read it. */
export const declaredIn = <Of extends Content>(content: Of): Of => ({ ...content, declaredProfessional: true });

export const offerContentRefusal = (content: OfferContent): ContentRefusal | null => {
  const { smallestGroup, largestGroup } = content;
  const whole = Number.isInteger(smallestGroup) && Number.isInteger(largestGroup);
  if (!whole || smallestGroup < 1 || largestGroup < smallestGroup) return { code: 'group-sizes-wrong' };
  return contentRefusal(content);
};
