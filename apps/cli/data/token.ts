import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TOKEN_ROLES, type PersonRole } from '#apps/installation/access';
import { developmentIdentities } from '#apps/installation/development-identities';
import { readSettings, type Settings } from '../../installation/settings';
import { badData, badUsage } from '../usage';

/** @throws CliProblem */
export const rolesIn = (given: readonly string[]): readonly PersonRole[] =>
  (given.length === 0 ? ['member'] : given).map((text) => {
    const role = TOKEN_ROLES.find((one) => one === text);
    if (!role) throw badUsage(`${/^[a-z-]{1,40}$/.test(text) ? text : 'That'} is no role that a token claims: ${TOKEN_ROLES.join(', ')}.`);
    return role;
  });

/** The network that `npm start` wrote down. @throws CliProblem */
const networkOf = ({ folder }: Settings): string => {
  const file = join(folder, 'development-cast.json');
  if (!existsSync(file)) throw badData('No network was started here: run `npm start` first, or name one with --network.');
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly networkId: string }).networkId;
};

/** A token of twelve hours for whoever tries the network. @throws SettingError in production */
export const developmentToken = async (given: {
  readonly subject: string;
  readonly roles: readonly PersonRole[];
  readonly network: string | undefined;
}): Promise<string> => {
  const settings = readSettings(process.env);
  const identities = await developmentIdentities(settings);
  return identities.token(given.subject, { [given.network ?? networkOf(settings)]: given.roles });
};
