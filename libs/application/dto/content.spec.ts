import { offerContent } from '#testing/content';
import { offerContentOf, type OfferContentDto } from './content.dto';

describe('what an author will not have bent', () => {
  const dto = { ...offerContent(), wording: 'Je montre', topic: { text: 'Tableaux' } } as OfferContentDto;

  it('is kept in one order, and left out where there is nothing: the same content is the same (R22)', () => {
    expect(offerContentOf({ ...dto, firm: ['half-days', 'level'] }).firm).toEqual(['level', 'half-days']);
    expect(offerContentOf({ ...dto, firm: [] })).toEqual(offerContentOf(dto));
    expect(Object.keys(offerContentOf(dto))).not.toContain('firm');
  });
});
