import { Module } from '@nestjs/common';
import { InjectCommander, type CommandRunner } from 'nest-commander';
import { AuditVerb } from './audit/audit.verb';
import { DataVerb } from './data/data.verb';
import { LogVerb } from './log/log.verb';
import { ProjectionsVerb } from './projections.verb';
import { ShowVerbs } from './show/show.verb';

@Module({ providers: [AuditVerb, DataVerb, LogVerb, ProjectionsVerb, ShowVerbs].flatMap((verb) => verb.registerWithSubCommands()) })
export class CliModule {
  /** Its help names it so, by whatever file it was started. */
  constructor(@InjectCommander() parser: CommandRunner['command']) {
    parser.name('savoirs');
  }
}
