import { wiring } from '#apps/api/api.module';

export const wrong = wiring;
