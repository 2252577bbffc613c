import type { FastifyReply, FastifyRequest } from 'fastify';

/** As the browser sent them; of two of one name the first. */
export const cookiesOf = ({ headers }: Pick<FastifyRequest, 'headers'>): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  for (const part of (headers.cookie ?? '').split(';')) {
    const at = part.indexOf('=');
    const name = part.slice(0, at).trim();
    if (at > 0 && !found.has(name)) found.set(name, part.slice(at + 1).trim());
  }
  return found;
};

/** `__Host-`: no other host of the domain can set it, nor any page that came without https. */
export const cookieName = (name: string, origin: string): string => (origin.startsWith('https:') ? `__Host-${name}` : name);

/** No script reads it; it comes along when somebody follows a link to here, and with no other request from elsewhere. */
export const setCookie = (
  reply: FastifyReply,
  { name, value, seconds, origin }: { readonly name: string; readonly value: string; readonly seconds: number; readonly origin: string },
): void => {
  const secure = origin.startsWith('https:') ? '; Secure' : '';
  void reply.header('set-cookie', `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${secure}`);
};

export const dropCookie = (reply: FastifyReply, name: string, origin: string): void =>
  setCookie(reply, { name, value: '', seconds: 0, origin });
