/** One event of a stream, as the HTML standard reads it. */
export interface StreamEvent {
  readonly event: string;
  readonly data: string;
  /** Only where this very event names one. */
  readonly id: string | null;
}

/** Takes text as it comes, in any pieces, and gives whole events. */
export class EventStreamParser {
  private rest = '';
  private event = '';
  private data: string[] = [];
  private id: string | null = null;

  take(text: string): readonly StreamEvent[] {
    const lines = (this.rest + text).split(/\r\n|\n|\r(?=[^\n])/);
    this.rest = lines.pop() ?? '';
    return lines.flatMap((line) => this.line(line));
  }

  private line(line: string): readonly StreamEvent[] {
    if (line === '') return this.dispatch();
    const colon = line.indexOf(':');
    const [field, value] = colon < 0 ? [line, ''] : [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, '')];
    if (field === 'event') this.event = value;
    if (field === 'data') this.data.push(value);
    if (field === 'id' && !value.includes('\0')) this.id = value;
    return [];
  }

  private dispatch(): readonly StreamEvent[] {
    const { event, data, id } = this;
    [this.event, this.data, this.id] = ['', [], null];
    return data.length > 0 ? [{ event: event || 'message', data: data.join('\n'), id }] : [];
  }
}
