import type { Explanation } from '#application/round-explainer.port';
import type { RoundId } from '#domain/ids';
import { idIn } from '../audit/looks/look-base';
import { withInstallation } from '../installation-of';
import { print, say, type Output, type Row } from '../output';
import { badUsage } from '../usage';
import { TableVerb } from '../verb';
import { Option, SubCommand } from '../verb-decorators';
import { explainedRound } from './explaining';

const PARTS = ['gates', 'matches', 'requests'] as const;
type Part = (typeof PARTS)[number];

type Explained = Explanation['explained'];
type Remedy = Explained['unmatched'][number]['remedy'];

const requests = (count: number): string => `${count} ${count === 1 ? 'request' : 'requests'}`;

const toldOf = (remedy: Remedy): Row => {
  const { kind } = remedy;
  if (kind === 'wait') return { remedy: kind, until: remedy.until };
  if (kind === 'capacity' || kind === 'smaller-group') return { remedy: kind, offerId: remedy.offerId };
  if (kind !== 'more-givers') return { remedy: kind };
  return { remedy: kind, givers: remedy.count, served: remedy.served, topicUri: remedy.topicUri, level: remedy.level };
};

interface PartTable {
  readonly columns: readonly string[];
  readonly rows: (explained: Explained) => readonly Row[];
}

const tables: Readonly<Record<Part, PartTable>> = {
  gates: {
    columns: ['gate', 'more', 'atMost'],
    rows: ({ gateCosts }) => gateCosts.map(({ gate, more, atMost }) => ({ gate, more, atMost })),
  },
  matches: {
    columns: ['matchId', 'requestId', 'offerId', 'score', 'decided', 'nextBest', 'itsScore'],
    rows: ({ proposals }) =>
      proposals.flatMap(({ matchId, learners }) =>
        learners.map(({ requestId, offerId, score, decided, alternative }) => ({
          ...{ matchId, requestId, offerId, decided, score: score.total },
          ...{ nextBest: alternative?.offerId ?? null, itsScore: alternative?.score.total ?? null },
        })),
      ),
  },
  requests: {
    columns: ['requestId', 'reason', 'remedy', 'until', 'offerId', 'givers', 'served', 'topicUri', 'level'],
    rows: ({ unmatched }) => unmatched.map(({ requestId, reason, remedy }) => ({ requestId, reason, ...toldOf(remedy) })),
  },
};

/** In sentences, what the round served and what its gates cost. */
const summed = ({ served, gateCosts, told, gap }: Explained): void => {
  say(
    `It serves ${requests(served)}${gap.served === 0 ? ', and no round could serve more' : `; no round could serve more than ${gap.served} more`}.`,
  );
  for (const { gate, more } of gateCosts) if (more > 0) say(`With ${gate} open ${more} more would be served.`);
  for (const [reason, count] of Object.entries(told)) if (count > 0) say(`${reason} stops ${requests(count)}, and is never opened.`);
};

@SubCommand({
  name: 'explain',
  arguments: '<round>',
  description:
    'Why a recorded round came out so: what each gate cost, solved anew; each match beside the next best; what would change what was left',
})
export class MatchExplainVerb extends TableVerb {
  async run(given: string[], { of, output }: { readonly of: Part; readonly output: Output }): Promise<void> {
    this.only(given, 1);
    const roundId = idIn('a round', given[0]) as RoundId;
    await withInstallation(async (installation) => {
      await installation.prepareReadModels();
      await explainedRound(installation, roundId, async ({ explained }) => {
        print(tables[of].columns, tables[of].rows(explained), output);
        summed(explained);
      });
    });
  }

  @Option({ flags: '--of <part>', description: 'gates, matches or requests: ids and codes, no names', defaultValue: 'gates' })
  of(text: string): Part {
    const part = PARTS.find((one) => one === text);
    if (!part) throw badUsage(`--of must be one of ${PARTS.join(', ')}.`);
    return part;
  }
}
