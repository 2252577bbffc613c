export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  // The tests look into answers of every shape.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
}

export interface Person {
  readonly subject: string;
  get(path: string, headers?: Record<string, string>): Promise<HttpAnswer>;
  /** A text or bytes are sent as they are, anything else as JSON. */
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<HttpAnswer>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<HttpAnswer>;
}

const readable = async (response: Response): Promise<HttpAnswer> => {
  // a feed has no end
  if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
    await response.body?.cancel();
    return { status: response.status, headers: response.headers, body: null };
  }
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return { status: response.status, headers: response.headers, body: text === '' ? null : isJson ? JSON.parse(text) : text };
};

/** Whoever has this token, in this network, at this API. */
export const personAt = (url: string, network: string, { subject, token }: { subject: string; token: string }): Person => {
  const send: Person['send'] = async (method, path, body, headers = {}) => {
    const address = path.startsWith('/') ? `${url}${path}` : `${url}/networks/${network}${path === '' ? '' : `/${path}`}`;
    const raw = typeof body === 'string' || body instanceof Uint8Array;
    return readable(
      await fetch(address, {
        method,
        headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        ...(body === undefined ? {} : { body: raw ? (body as string) : JSON.stringify(body) }),
      }),
    );
  };
  return {
    subject,
    send,
    get: (path, headers) => send('GET', path, undefined, headers),
    post: (path, body = {}, headers) => send('POST', path, body, headers),
  };
};
