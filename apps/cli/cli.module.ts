import { Module } from '@nestjs/common';
import { InjectCommander, type CommandRunner } from 'nest-commander';
import { BackupVerb } from './data/backup.verb';
import { DataVerb } from './data/data.verb';
import { DemoVerb } from './data/demo.verb';
import { ErasuresVerb } from './data/erasures.verb';
import { TokenVerb } from './data/token.verb';
import { ImportVerb } from './data/import.verb';
import { RestoreVerb } from './data/restore.verb';
import { TopicsVerb } from './data/topics.verb';
import { LogAdoptVerb } from './log/adopt.verb';
import { LogCopyVerb } from './log/copy.verb';
import { LogVerb } from './log/log.verb';
import { LogVerifyVerb } from './log/verify.verb';
import { projectionVerbs, ProjectionsVerb } from './projections.verb';
import { ShowRiskVerb, ShowSatisfactionVerb, ShowTrainingHoursVerb } from './show/figures.verb';
import { ShowDirectoryVerb, ShowDormantVerb, ShowExchangesVerb, ShowMatchQueueVerb } from './show/lists.verb';
import { ShowVerbs } from './show/show.verb';

@Module({
  providers: [
    DataVerb,
    DemoVerb,
    TopicsVerb,
    ImportVerb,
    BackupVerb,
    RestoreVerb,
    ErasuresVerb,
    TokenVerb,
    LogVerb,
    LogCopyVerb,
    LogVerifyVerb,
    LogAdoptVerb,
    ProjectionsVerb,
    ...projectionVerbs,
    ShowVerbs,
    ShowDirectoryVerb,
    ShowDormantVerb,
    ShowExchangesVerb,
    ShowMatchQueueVerb,
    ShowRiskVerb,
    ShowSatisfactionVerb,
    ShowTrainingHoursVerb,
  ],
})
export class CliModule {
  /** Its help names it so, by whatever file it was started. */
  constructor(@InjectCommander() parser: CommandRunner['command']) {
    parser.name('savoirs');
  }
}
