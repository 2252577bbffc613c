/** Control characters but for tab and line feed, and those that turn the direction of writing. */
const CONTROLS = /(?![\n\t])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** The text with a replacement character (U+FFFD) for each character that a terminal would obey instead of showing. */
export const withoutControls = (text: string): string => text.replace(CONTROLS, '\ufffd');

/** JSON that means the same, with those characters as escapes. */
export const jsonWithoutControls = (json: string): string =>
  json.replace(CONTROLS, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
