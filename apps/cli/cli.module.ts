import { Module } from '@nestjs/common';
import { DataVerb } from './data/data.verb';
import { DemoVerb } from './data/demo.verb';
import { ImportVerb } from './data/import.verb';
import { TopicsVerb } from './data/topics.verb';
import { ProjectionsListVerb, ProjectionsVerb } from './projections.verb';
import { ShowRiskVerb, ShowSatisfactionVerb, ShowTrainingHoursVerb } from './show/figures.verb';
import { ShowDirectoryVerb, ShowMatchQueueVerb } from './show/lists.verb';
import { ShowVerbs } from './show/show.verb';

@Module({
  providers: [
    DataVerb,
    DemoVerb,
    TopicsVerb,
    ImportVerb,
    ProjectionsVerb,
    ProjectionsListVerb,
    ShowVerbs,
    ShowDirectoryVerb,
    ShowMatchQueueVerb,
    ShowRiskVerb,
    ShowSatisfactionVerb,
    ShowTrainingHoursVerb,
  ],
})
export class CliModule {}
