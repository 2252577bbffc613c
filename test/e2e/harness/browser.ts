/** What somebody's browser does: keeps cookies by host and path, goes where it is sent, says from where a request comes. */
export interface Browser {
  /** Follows redirects, as when an address is opened; answers the last response, and where it was. */
  open(address: string): Promise<{ readonly url: string; readonly response: Response }>;
  /** One step: a redirect is not followed. */
  step(address: string, how?: RequestInit): Promise<Response>;
  /** As a script of the site asks; `null` leaves a header out. */
  ask(address: string, how?: RequestInit, headers?: Record<string, string | null>): Promise<Response>;
  /** By name, whatever host they are for. */
  cookies(): ReadonlyMap<string, string>;
}

interface Kept {
  readonly host: string;
  readonly path: string;
  readonly value: string;
}

const MOST_STEPS = 12;

/** Ports are no part of a cookie's host. */
export const browser = (): Browser => {
  const jar = new Map<string, Kept>();

  const keep = (host: string, header: string): void => {
    const [pair = '', ...attributes] = header.split('; ');
    const at = pair.indexOf('=');
    const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
    const path = attributes.find((one) => /^path=/i.test(one))?.slice(5) ?? '/';
    const isOver =
      attributes.some((one) => /^max-age=0$/i.test(one)) ||
      attributes.some((one) => /^expires=/i.test(one) && Date.parse(one.slice(8)) < Date.now());
    if (isOver) jar.delete(`${host} ${path} ${name}`);
    else jar.set(`${host} ${path} ${name}`, { host, path, value });
  };
  const sent = ({ hostname, pathname }: URL): string =>
    [...jar]
      .filter(([, { host, path }]) => host === hostname && pathname.startsWith(path))
      .map(([key, { value }]) => `${key.split(' ')[2]}=${value}`)
      .join('; ');

  const step: Browser['step'] = async (address, how = {}) => {
    const url = new URL(address);
    const headers = new Headers(how.headers);
    const cookie = sent(url);
    if (cookie !== '') headers.set('cookie', cookie);
    const response = await fetch(url, { ...how, headers, redirect: 'manual' });
    for (const header of response.headers.getSetCookie()) keep(url.hostname, header);
    return response;
  };

  return {
    step,
    open: async (address) => {
      let url = address;
      for (let steps = 0; steps < MOST_STEPS; steps++) {
        const response = await step(url);
        const location = response.headers.get('location');
        if (location === null) return { url, response };
        await response.body?.cancel();
        url = new URL(location, url).href;
      }
      throw new Error(`it is sent on and on: ${url}`);
    },
    ask: (address, how = {}, headers = {}) => {
      const all: Record<string, string | null> = { 'sec-fetch-site': 'same-origin', ...headers };
      const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null);
      return step(address, { ...how, headers: Object.fromEntries(given) });
    },
    cookies: () => new Map([...jar].map(([key, { value }]) => [key.split(' ')[2]!, value])),
  };
};
