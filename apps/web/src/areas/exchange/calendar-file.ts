/** One event of a calendar file: an instant and a length, not a wall clock, so that each calendar shows its owner's own time. */
export interface CalendarEvent {
  readonly id: string;
  readonly start: string;
  readonly minutes: number;
  readonly title: string;
  readonly place: string | null;
  readonly address: string;
}

const MINUTE_MS = 60_000;
const LINE_BYTES = 74;

const utc = (time: number): string => new Date(time).toISOString().replace(/[-:]/g, '').replace(/\.\d+/, '');

const escaped = (text: string): string => text.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\r\n?|\n/g, '\\n');

/** RFC 5545: a line has at most 75 bytes; it goes on after a line break and a space. */
const folded = (line: string): string => {
  const bytes = new TextEncoder();
  const parts: string[] = [''];
  let length = 0;
  for (const letter of line) {
    const size = bytes.encode(letter).length;
    if (length + size > LINE_BYTES) {
      parts.push('');
      length = 1;
    }
    parts[parts.length - 1] += letter;
    length += size;
  }
  return parts.join('\r\n ');
};

const eventLines = ({ id, start, minutes, title, place, address }: CalendarEvent, now: number): readonly string[] => [
  'BEGIN:VEVENT',
  `UID:${id}@savoirs`,
  `DTSTAMP:${utc(now)}`,
  `DTSTART:${utc(Date.parse(start))}`,
  `DTEND:${utc(Date.parse(start) + minutes * MINUTE_MS)}`,
  `SUMMARY:${escaped(title)}`,
  ...(place ? [`LOCATION:${escaped(place)}`] : []),
  `URL:${address}`,
  'END:VEVENT',
];

/** The sessions as a calendar takes them (RFC 5545). */
export const calendarFile = (events: readonly CalendarEvent[], now: number = Date.now()): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Savoirs//Savoirs//FR',
    'METHOD:PUBLISH',
    ...events.flatMap((event) => eventLines(event, now)),
    'END:VCALENDAR',
    '',
  ]
    .map(folded)
    .join('\r\n');
