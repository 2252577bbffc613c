import { offerContent, requestContent } from '#testing/content';
import { bendsByHand } from './score-by-hand';

describe('what a match that people made bends', () => {
  const offer = offerContent({ place: 'site' });

  it('is nothing where its people share a half-day and a way to meet, at a level that was asked', () =>
    expect(bendsByHand([offer], [requestContent()], 0)).toEqual([]));

  it('is told, whatever the policy has rounds do: a person chose it (R7)', () => {
    expect(bendsByHand([offer], [requestContent({ availability: ['fri-am'] })], 0)).toEqual(['half-days']);
    expect(bendsByHand([offer], [requestContent({ site: 'LIL' })], 0)).toEqual(['place']);
    expect(bendsByHand([offerContent({ level: 'beginner' })], [requestContent({ level: 'advanced' })], 0)).toEqual(['level']);
  });

  it('is told of a group where one of it does not share it (R7)', () =>
    expect(bendsByHand([offer], [requestContent(), requestContent({ site: 'LIL', availability: ['fri-am'] })], 0)).toEqual([
      'place',
      'half-days',
    ]));
});
