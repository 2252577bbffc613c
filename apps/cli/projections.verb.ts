import { Command, SubCommand } from 'nest-commander';
import { ProjectionsCertifyVerb } from './certify/certify.verb';
import { withInstallation } from './installation-of';
import { print, type Output } from './output';
import { PauseVerb, RebuildVerb, ResumeVerb, RollbackVerb, StopVerb, SwitchVerb } from './projections/build.verbs';
import { CompareVerb, ProgressVerb } from './projections/looking.verbs';
import { ParkedVerb, RetryVerb, SkipVerb } from './projections/parked.verbs';
import { TableVerb, Verb } from './verb';

@SubCommand({ name: 'list', description: 'Every build of a projection, every process: state, position, and how far behind the log it is' })
export class ProjectionsListVerb extends TableVerb {
  async run(given: string[], { output }: { readonly output: Output }): Promise<void> {
    this.only(given, 0);
    await withInstallation(async (installation) => {
      const runtime = await installation.startRuntime({ mode: 'driven' });
      const rows = (await runtime.status()).map(({ name, version, build, serves, pace, position, lagEvents, lagMs }) => ({
        name,
        version,
        build,
        state: serves,
        pace,
        position: position.replace(/^0+(?=\d)/, ''),
        lagEvents,
        lagSeconds: Math.round(lagMs / 1000),
      }));
      print(['name', 'version', 'build', 'state', 'pace', 'position', 'lagEvents', 'lagSeconds'], rows, output);
    });
  }
}

@Command({
  name: 'projections',
  description: 'Look after read models',
  subCommands: [
    ProjectionsListVerb,
    ProgressVerb,
    RebuildVerb,
    StopVerb,
    PauseVerb,
    ResumeVerb,
    CompareVerb,
    SwitchVerb,
    RollbackVerb,
    ParkedVerb,
    RetryVerb,
    SkipVerb,
    ProjectionsCertifyVerb,
  ],
})
export class ProjectionsVerb extends Verb {
  async run(given: string[]): Promise<void> {
    this.other(given);
  }
}
