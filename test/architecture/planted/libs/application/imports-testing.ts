import { ana } from '#testing/people';

export const wrong = ana;
