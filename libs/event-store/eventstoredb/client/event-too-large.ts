import { UnknownError } from '@eventstore/db-client';
import { BatchAppendResp } from '@eventstore/db-client/generated/streams_pb';

/** `MaxAppendEventSize` came with 24.10.4: client 6.2.1 knows no refusal by it, and gives an error that keeps the server's words alone. */
const WORDS = 'exceeds Maximum Append Event Size of ';
const TYPE = 'event_store.client.MaximumAppendEventSizeExceeded';

/** An answer of the batch path as it came, but that this refusal tells its limit in the words of the single path. */
export const tellingEventLimit = (answer: unknown): unknown => {
  const refused = answer instanceof BatchAppendResp ? answer.getError() : undefined;
  const details = refused?.getDetails();
  if (details?.getTypeName() === TYPE) refused?.setMessage(`${WORDS}${thirdNumber(details.getValue_asU8())}`);
  return answer;
};

/** The server's limit in bytes, where it refused an event by it. */
export const eventLimitIn = (error: unknown): number | undefined => {
  if (!(error instanceof UnknownError) || !error.message.includes(WORDS)) return undefined;
  return Number.parseInt(error.message.slice(error.message.indexOf(WORDS) + WORDS.length), 10);
};

/** The client ships no definition of this message: an id, the event's size, the limit. */
const thirdNumber = (bytes: Uint8Array): number => {
  let at = 0;
  const next = (): number => {
    for (let value = 0, unit = 1; ; unit *= 128) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 127) * unit;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const [field, wire] = [bytes[at]! >> 3, bytes[at++]! & 7];
    const value = next();
    if (wire === 2) at += value;
    else if (field === 3) return value;
  }
  return 0;
};
