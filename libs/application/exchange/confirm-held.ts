import type { SentCommand } from '#domain/catalogue';
import type { ExchangeId } from '#domain/ids';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class ConfirmHeld extends SingleStepCommand<[exchangeId: ExchangeId]> {
  toSend(): SentCommand {
    const [exchangeId] = this.given;
    return { type: 'ConfirmHeld', data: { exchangeId } };
  }
}
