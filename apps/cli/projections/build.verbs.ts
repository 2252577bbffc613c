import { Option, SubCommand } from '../verb-decorators';
import type { Installation } from '../../installation/installation';
import { say } from '../output';
import { ActingVerb, targetIn, type ActingOptions } from './acting.verb';
import { operate } from './operate';

const NAMED = { arguments: '<name>', argsDescription: { name: 'a read model, as `projections list` names it' } } as const;

interface RebuildOptions extends ActingOptions {
  readonly byHand?: boolean;
  readonly wait: boolean;
}

@SubCommand({
  ...NAMED,
  name: 'rebuild',
  description: 'Build it anew from the log’s start, beside the build that serves, which nobody notices',
})
export class RebuildVerb extends ActingVerb {
  protected async act(installation: Installation, name: string, options: RebuildOptions): Promise<void> {
    const { byHand = false, wait, ...acting } = options;
    await installation.prepareReadModels();
    await operate(installation, { ...acting, action: 'rebuild', name }, installation.builds.rebuild({ name, byHand }));
    if (!wait) return;
    const { watchBuild } = await import('#apps/cli/projections/watch-build');
    if (!(await watchBuild(installation, name))) say('It goes on in the projector: see savoirs projections progress.');
  }

  @Option({ flags: '--by-hand', description: 'it waits for `switch`, even where nothing differs' })
  byHand(): boolean {
    return true;
  }

  @Option({ flags: '--no-wait', description: 'do not watch how it goes', defaultValue: true })
  wait(): boolean {
    return false;
  }
}

@SubCommand({ ...NAMED, name: 'stop', description: 'Give up builds that do not serve: their tables go' })
export class StopVerb extends ActingVerb {
  protected act(installation: Installation, name: string, options: ActingOptions): Promise<unknown> {
    return operate(installation, { ...options, action: 'stop', name }, installation.builds.stop(targetIn(name, options)));
  }
}

@SubCommand({ ...NAMED, name: 'pause', description: 'Leave its builds where they stand; within a few seconds nobody moves them' })
export class PauseVerb extends ActingVerb {
  protected act(installation: Installation, name: string, options: ActingOptions): Promise<unknown> {
    return operate(installation, { ...options, action: 'pause', name }, installation.builds.pause(targetIn(name, options)));
  }
}

@SubCommand({ ...NAMED, name: 'resume', description: 'Move its builds on from where they stand' })
export class ResumeVerb extends ActingVerb {
  protected act(installation: Installation, name: string, options: ActingOptions): Promise<unknown> {
    return operate(installation, { ...options, action: 'resume', name }, installation.builds.resume(targetIn(name, options)));
  }
}

interface SwitchOptions extends ActingOptions {
  readonly force?: boolean;
}

@SubCommand({
  ...NAMED,
  name: 'switch',
  description: 'Let the build that is ready serve, compared before (see compare) and found to agree',
})
export class SwitchVerb extends ActingVerb {
  protected act(installation: Installation, name: string, { force = false, ...options }: SwitchOptions): Promise<unknown> {
    return operate(installation, { ...options, action: 'switch', name }, installation.builds.switch({ ...targetIn(name, options), force }));
  }

  @Option({ flags: '--force', description: 'although the comparison found differences, or was not made' })
  force(): boolean {
    return true;
  }
}

@SubCommand({ ...NAMED, name: 'rollback', description: 'Let the build serve again that served before, while it is kept' })
export class RollbackVerb extends ActingVerb {
  protected act(installation: Installation, name: string, options: ActingOptions): Promise<unknown> {
    return operate(installation, { ...options, action: 'roll-back', name }, installation.builds.rollBack(name));
  }
}
