import type { SentCommand } from '#domain/catalogue';
import type { ExchangeId } from '#domain/ids';
import type { Envelope } from '../dispatch/envelope';
import { SingleStepCommand } from '../dispatch/single-step-command';

export class ConfirmHeld extends SingleStepCommand {
  constructor(
    readonly envelope: Envelope,
    readonly exchangeId: ExchangeId,
  ) {
    super();
  }

  toSend(): SentCommand {
    return { type: 'ConfirmHeld', data: { exchangeId: this.exchangeId } };
  }
}
