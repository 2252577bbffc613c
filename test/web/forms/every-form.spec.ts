import { componentsTried, NO_FORMS } from './forms';
import { siteForms } from './site-forms';

it('each form of the site is one that is interrupted, or is said to be none', () => {
  const [found, tried] = [siteForms(), componentsTried()];
  expect(found.filter((one) => !tried.has(one) && !(one in NO_FORMS))).toEqual([]);
  expect([...tried, ...Object.keys(NO_FORMS)].filter((one) => !found.includes(one))).toEqual([]);
  expect(found.length).toBeGreaterThan(60);
});
