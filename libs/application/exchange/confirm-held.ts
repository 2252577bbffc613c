import type { SavoirsOrder } from '#domain/catalogue';
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

  order(): SavoirsOrder {
    return { type: 'ConfirmHeld', data: { exchangeId: this.exchangeId } };
  }
}
