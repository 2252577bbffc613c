import type { SentCommand } from '#domain/catalogue';
import type { ExchangeId, SessionId } from '#domain/ids';
import type { Envelope } from '../dispatch/envelope';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class ContestNoShow extends SingleStepCommand {
  constructor(
    readonly envelope: Envelope,
    readonly exchangeId: ExchangeId,
    readonly sessionId: SessionId,
  ) {
    super();
  }

  toSend(): SentCommand {
    const { exchangeId, sessionId } = this;
    return { type: 'ContestNoShow', data: { exchangeId, sessionId } };
  }
}
