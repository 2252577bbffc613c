import type { Schema } from '../checked-schemas';
import { belonging } from './network';
import { described, id, list, one, orNull, shape, text, time, yesNo } from './shapes';

/** Answers to the web site, about who uses it. */
export const signIn: Readonly<Record<string, Schema>> = {
  'SignIn.session': shape({
    signIn: described(one('available', 'unavailable'), '`unavailable`: no identity provider is set up'),
    signedIn: yesNo,
    person: described(orNull(text), 'The same for the same person, and tells nothing of them; null for who is not signed in'),
    networks: list(belonging),
    toOpen: described(list(id), 'Networks that are not open yet, and whose lead one is (R23)'),
    expiresAt: described(orNull(time), 'Unless something is done until then; null for who is not signed in'),
    isOperator: yesNo,
  }),
  'SignIn.end': shape({
    signOutAt: described(orNull(text), 'Where to go, so that the provider signs one out, too; null where it does not say'),
  }),
};
