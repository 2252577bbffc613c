import type { RingSolver } from './round/solve-round';
import { Module, type DynamicModule, type FactoryProvider, type ModuleMetadata, type Provider } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { createApplication, type Application, type DecidingPorts } from './create-application';
import {
  APPLICATION_PORTS,
  CLOCK,
  DISPATCHER,
  EXECUTE_ORDER,
  IDENTITY_REGISTER,
  NETWORK_FACTS,
  PAIR_HISTORY,
  ROUND_EXPLAINER,
  ROUND_RUNNER,
  RUNNING_ROUNDS,
} from './dispatch/tokens';
import { handlers } from './use-cases';
import { createRoundExplainer } from './round/round-explainer';
import { createRoundRunner } from './round/round-runner';
import { RunningRounds } from './round/running-rounds';
import type { RoundInputsSource } from './round-inputs.port';
import type { RoundExplainer } from './round-explainer.port';
import type { RoundRunner } from './round-runner.port';

export interface ApplicationPorts extends DecidingPorts {
  readonly roundInputs: RoundInputsSource;
  readonly ringSolver: RingSolver;
  /** Runs rounds elsewhere; left out, they run in this thread. */
  readonly roundRunner?: RoundRunner;
  /** Explains rounds elsewhere; left out, they are explained in this thread. */
  readonly roundExplainer?: RoundExplainer;
}

/** Elsewhere where the ports say so. */
export const roundRunnerOf = (ports: ApplicationPorts, dispatcher: Application['dispatcher']): RoundRunner =>
  ports.roundRunner ?? createRoundRunner({ ...ports, dispatcher, source: ports.roundInputs });

/** Elsewhere where the ports say so. */
export const roundExplainerOf = (ports: ApplicationPorts): RoundExplainer =>
  ports.roundExplainer ?? createRoundExplainer({ ...ports, source: ports.roundInputs });

interface LaterPorts extends Pick<ModuleMetadata, 'imports'> {
  readonly inject: FactoryProvider['inject'];
  readonly useFactory: (...parts: never[]) => ApplicationPorts | Promise<ApplicationPorts>;
}

const APPLICATION = Symbol('Application');

const made = <Value>(provide: symbol, from: symbol, value: (whole: never) => Value): Provider => ({
  provide,
  inject: [from],
  useFactory: value,
});

const parts: readonly Provider[] = [
  made(APPLICATION, APPLICATION_PORTS, (ports: ApplicationPorts) => createApplication(ports)),
  made(DISPATCHER, APPLICATION, ({ dispatcher }: Application) => dispatcher),
  made(NETWORK_FACTS, APPLICATION, ({ facts }: Application) => facts),
  made(EXECUTE_ORDER, APPLICATION, ({ execute }: Application) => execute),
  made(CLOCK, APPLICATION_PORTS, ({ clock }: ApplicationPorts) => clock),
  made(IDENTITY_REGISTER, APPLICATION_PORTS, ({ identities }: ApplicationPorts) => identities),
  made(PAIR_HISTORY, APPLICATION_PORTS, ({ pairHistory }: ApplicationPorts) => pairHistory),
  made(ROUND_EXPLAINER, APPLICATION_PORTS, roundExplainerOf),
  made(RUNNING_ROUNDS, APPLICATION_PORTS, ({ clock }: ApplicationPorts) => new RunningRounds(clock)),
  {
    provide: ROUND_RUNNER,
    inject: [APPLICATION_PORTS, DISPATCHER],
    useFactory: (ports: ApplicationPorts, dispatcher: Application['dispatcher']) => roundRunnerOf(ports, dispatcher),
  },
];

const EXPORTED = [
  APPLICATION_PORTS,
  DISPATCHER,
  NETWORK_FACTS,
  EXECUTE_ORDER,
  CLOCK,
  IDENTITY_REGISTER,
  ROUND_EXPLAINER,
  ROUND_RUNNER,
  RUNNING_ROUNDS,
];

/** The use cases, on Nest's command bus. Its event bus is not used: what is published in process is lost in a crash. */
@Module({})
export class ApplicationModule {
  static register(ports: ApplicationPorts): DynamicModule {
    return ApplicationModule.with({ provide: APPLICATION_PORTS, useValue: ports });
  }

  static registerLater({ imports = [], inject = [], useFactory }: LaterPorts): DynamicModule {
    return ApplicationModule.with({ provide: APPLICATION_PORTS, inject, useFactory }, imports);
  }

  private static with(ports: Provider, imports: ModuleMetadata['imports'] = []): DynamicModule {
    return {
      module: ApplicationModule,
      imports: [CqrsModule.forRoot(), ...imports],
      providers: [ports, ...parts, ...handlers],
      exports: [...EXPORTED],
    };
  }
}
