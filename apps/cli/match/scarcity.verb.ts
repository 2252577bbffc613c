import type { Explanation } from '#application/round-explainer.port';
import type { NetworkId, RoundId } from '#domain/ids';
import type { Language } from '#domain/vocabulary';
import { idIn } from '../audit/looks/look-base';
import type { Installation } from '../../installation/installation';
import { withInstallation } from '../installation-of';
import { print, say, type Output } from '../output';
import { badUsage, networkIdIn } from '../usage';
import { TableVerb } from '../verb';
import { Option, SubCommand } from '../verb-decorators';
import { explainedRound, explainedToday } from './explaining';

interface Options {
  readonly network?: string;
  readonly round?: RoundId;
  readonly labels: Language;
  readonly output: Output;
}

const COLUMNS = ['topicUri', 'topic', 'level', 'language', 'waiting', 'givers', 'moreGivers', 'wouldServe'];

const show =
  ({ topics }: Installation, { labels, output }: Options) =>
  async ({ explained: { scarcity, scarceTopics } }: Explanation): Promise<void> => {
    const labelOf = await topics.labels([...new Set(scarcity.flatMap(({ topicUri }) => topicUri ?? []))], labels);
    const rows = scarcity.map(({ topicUri, level, language, waiting, givers, steps }) => ({
      ...{ topicUri, topic: labelOf.get(topicUri ?? '')?.label ?? null, level, language, waiting, givers },
      ...{ moreGivers: steps.at(-1)?.givers ?? 0, wouldServe: steps.at(-1)?.served ?? 0 },
    }));
    print(COLUMNS, rows, output);
    if (rows.some(({ topicUri }) => topicUri === null))
      say('Topics without a URI are in somebody’s words: those are for facilitators, on the site.');
    if (scarceTopics > rows.length) say(`The ${rows.length} of ${scarceTopics} on which most wait are shown.`);
  };

@SubCommand({
  name: 'scarcity',
  description: 'Topics that givers lack on, with what one giver more would serve, two, three: in a round of today, or in a recorded one',
})
export class MatchScarcityVerb extends TableVerb {
  async run(given: string[], options: Options): Promise<void> {
    this.only(given, 0);
    const { network, round } = options;
    if ((network === undefined) === (round === undefined)) throw badUsage('Name a network by --network, or a recorded round by --round.');
    await withInstallation(async (installation) => {
      await installation.prepareReadModels();
      if (round !== undefined) await explainedRound(installation, round, show(installation, options));
      else await explainedToday(installation, network as NetworkId, show(installation, options));
    });
  }

  @Option({ flags: '--network <id>', description: 'of what is open there now' })
  network(text: string): string {
    return networkIdIn(text);
  }

  @Option({ flags: '--round <id>', description: 'of a recorded round' })
  round(text: string): RoundId {
    return idIn('a round', text) as RoundId;
  }

  @Option({ flags: '--labels <language>', description: 'language of topic labels, fr or en', defaultValue: 'fr' })
  labels(text: string): Language {
    if (text !== 'fr' && text !== 'en') throw badUsage('--labels must be fr or en.');
    return text;
  }
}
