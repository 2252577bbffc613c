import { Inject, type Type } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { SentCommand } from '#domain/catalogue';
import type { Envelope } from './envelope';
import type { Outcome } from './outcome';
import type { Dispatcher } from './run-decider';
import { DISPATCHER } from './tokens';

/** A use case that is one command of the domain, on one stream; `Given`: what it is given besides who asks, and when. */
export abstract class SingleStepCommand<Given extends readonly unknown[] = readonly unknown[]> extends Command<Outcome> {
  protected readonly given: Given;

  constructor(
    readonly envelope: Envelope,
    ...given: Given
  ) {
    super();
    this.given = given;
  }

  abstract toSend(): SentCommand;
}

export const handlerFor = (useCase: Type<SingleStepCommand>): Type<ICommandHandler<SingleStepCommand>> => {
  @CommandHandler(useCase)
  class SingleStepHandler implements ICommandHandler<SingleStepCommand> {
    constructor(@Inject(DISPATCHER) private readonly dispatcher: Dispatcher) {}

    execute(command: SingleStepCommand): Promise<Outcome> {
      return this.dispatcher.dispatch(command.toSend(), command.envelope);
    }
  }
  return SingleStepHandler;
};
