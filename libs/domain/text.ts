/** Something that can be seen: no text is made of blanks, of zero-width characters, or of fillers alone. */
const VISIBLE = '(?![\\p{Default_Ignorable_Code_Point}\\u2800])[\\p{L}\\p{N}\\p{P}\\p{S}]';
/** Control characters, those that turn the direction of writing, halves of surrogate pairs: obeyed or lost, never read. */
const UNREADABLE = '\\p{Cc}\\p{Cs}\\u202a-\\u202e\\u2066-\\u2069';

/** R24: one line for people to read, with something visible and no control characters. */
export const LINE = new RegExp(`^(?=.*${VISIBLE})[^${UNREADABLE}]*$`, 'u');

/** R24: the same, of one line or several; tabs may stand in it. */
export const TEXT = new RegExp(`^(?=[^]*${VISIBLE})(?:[^${UNREADABLE}]|[\\t\\n\\r])*$`, 'u');
