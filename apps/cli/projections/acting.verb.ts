import { Option } from '../verb-decorators';
import type { NetworkId } from '#domain/ids';
import type { Target } from '#read-store/builds/operations';
import type { Installation } from '../../installation/installation';
import { withInstallation } from '../installation-of';
import { print, type Output } from '../output';
import { networkIdIn, wholeNumber } from '../usage';
import { TableVerb } from '../verb';
import type { Acting } from './operate';
import { PROGRESS_COLUMNS, progressRow } from './progress-rows';

export interface ActingOptions extends Acting {
  readonly ofVersion?: number;
  readonly build?: number;
  readonly output: Output;
}

const GREATEST = 2 ** 31 - 1;

export const targetIn = (name: string, { ofVersion, build }: ActingOptions): Target => ({
  name,
  ...(ofVersion === undefined ? {} : { version: ofVersion }),
  ...(build === undefined ? {} : { build }),
});

/** A verb that says who acts, and why. */
abstract class ReasonedVerb extends TableVerb {
  @Option({ flags: '--reason <text>', description: 'why: recorded with it', required: true })
  reason(text: string): string {
    return text;
  }

  @Option({ flags: '--by <subject>', description: 'who acts, as the identity provider knows them', defaultValue: 'operator' })
  by(text: string): string {
    return text;
  }

  @Option({ flags: '--network <id>', description: 'whose operator acts; needed where several networks are open' })
  network(text: string): NetworkId {
    return networkIdIn(text) as NetworkId;
  }
}

/** A verb on parked events. */
export abstract class ParkedVerbs extends ReasonedVerb {
  @Option({ flags: '--row <key>', description: 'only this row, as `projections parked` shows it' })
  row(text: string): string {
    return text;
  }
}

/** A verb that changes builds, and shows how they are afterwards. */
export abstract class ActingVerb extends ReasonedVerb {
  protected abstract act(installation: Installation, name: string, options: ActingOptions): Promise<unknown>;

  async run(given: string[], options: ActingOptions): Promise<void> {
    this.only(given, 1);
    const name = given[0]!;
    await withInstallation(async (installation) => {
      await this.act(installation, name, options);
      print(PROGRESS_COLUMNS, (await installation.builds.progress(name)).map(progressRow), options.output);
    });
  }

  @Option({ flags: '--of-version <n>', description: 'only builds of this version' })
  ofVersion(text: string): number {
    return wholeNumber('--of-version', { least: 1, most: GREATEST })(text);
  }

  @Option({ flags: '--build <n>', description: 'only this build' })
  build(text: string): number {
    return wholeNumber('--build', { least: 1, most: GREATEST })(text);
  }
}
