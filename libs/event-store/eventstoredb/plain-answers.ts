interface Headers {
  set(name: string, value: string): void;
}

interface Filter {
  sendMetadata(headers: Promise<Headers>): Promise<Headers>;
}

interface Channel {
  readonly internalChannel?: { readonly filterStackFactory?: { readonly factories?: readonly { createFilter: () => Filter }[] } };
}

/**
 * Asks for answers that are not compressed, call by call. From 25.1 on a server answers in gzip wherever the client accepts it, and
 * grpc-js 1.14 always says that it does, over whatever else was set: following the log would be five to eight times slower, for inflating
 * a message costs more than all else that is done with it. So the header is set once more, behind the filter that writes it.
 */
export const plainAnswers = <Opened>(opened: Opened): Opened => {
  const [compression] = (opened as Channel).internalChannel?.filterStackFactory?.factories ?? [];
  if (compression === undefined) throw new Error('this version of grpc-js keeps its filters elsewhere');
  const createFilter = compression.createFilter.bind(compression);
  compression.createFilter = () => {
    const filter = createFilter();
    const sendMetadata = filter.sendMetadata.bind(filter);
    filter.sendMetadata = async (given) => {
      const headers = await sendMetadata(given);
      headers.set('grpc-accept-encoding', 'identity');
      return headers;
    };
    return filter;
  };
  return opened;
};
