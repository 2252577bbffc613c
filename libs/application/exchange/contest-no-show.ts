import type { SentCommand } from '#domain/catalogue';
import type { ExchangeId, SessionId } from '#domain/ids';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class ContestNoShow extends SingleStepCommand<[exchangeId: ExchangeId, sessionId: SessionId]> {
  toSend(): SentCommand {
    const [exchangeId, sessionId] = this.given;
    return { type: 'ContestNoShow', data: { exchangeId, sessionId } };
  }
}
