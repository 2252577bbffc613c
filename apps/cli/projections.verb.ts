import { Command, Option, SubCommand } from 'nest-commander';
import { withInstallation } from './installation-of';
import { outputIn, print, type Output } from './output';
import { Verb } from './verb';

@SubCommand({ name: 'list', description: 'Every projection and process: version, state, position, and how far behind the log it is' })
export class ProjectionsListVerb extends Verb {
  async run(given: string[], { output }: { readonly output: Output }): Promise<void> {
    this.only(given, 0);
    await withInstallation(async (installation) => {
      const runtime = await installation.startRuntime({ mode: 'driven' });
      const rows = (await runtime.status()).map(({ name, version, serves, position, lagEvents, lagMs }) => ({
        name,
        version,
        state: serves,
        position: position.replace(/^0+(?=\d)/, ''),
        lagEvents,
        lagSeconds: Math.round(lagMs / 1000),
      }));
      print(['name', 'version', 'state', 'position', 'lagEvents', 'lagSeconds'], rows, output);
    });
  }

  @Option({ flags: '--output <form>', description: 'table, json or csv', defaultValue: 'table' })
  output(text: string): Output {
    return outputIn(text);
  }
}

@Command({ name: 'projections', description: 'Look after read models', subCommands: [ProjectionsListVerb] })
export class ProjectionsVerb extends Verb {
  async run(given: string[]): Promise<void> {
    this.other(given);
  }
}
