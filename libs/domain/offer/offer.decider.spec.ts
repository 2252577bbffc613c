import { offerContent } from '#testing/content';
import { offerExamples } from '#testing/examples/offer.examples';
import { entryContract } from '../entry/entry.contract';
import { entryHistories } from '../entry/entry-histories.contract';
import { entryWords, type EntryKind } from '../entry/entry.fixture';
import { offerDecider } from './offer.decider';

const kind: EntryKind = { noun: 'offer', decider: offerDecider, content: offerContent };

entryContract(kind);

describe('publishing an offer', () => {
  const { entry, published, publish, revise } = entryWords(kind);

  it.each([
    ['group-sizes-wrong', { smallestGroup: 0 }],
    ['group-sizes-wrong', { smallestGroup: 4, largestGroup: 3 }],
    ['group-sizes-wrong', { largestGroup: 2.5 }],
  ] as const)('refuses a content with %s', (code, change) => {
    const content = offerContent(change);
    entry.given().when(publish(content)).thenRefused(code);
    entry.given(published).when(revise(content)).thenRefused(code);
  });
});

describe('any history of an offer', () => {
  const histories = entryHistories({ kind, examples: offerExamples, ended: ['withdrawn', 'lapsed', 'taken-down'] });

  histories.contract();

  it('lets only the author act, publishes only what is declared, and ends once (R6, R14)', () => {
    histories.expectOfEach();
  });
});
