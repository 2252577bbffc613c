interface Headers {
  set(name: string, value: string): void;
}

interface Filter {
  sendMetadata(headers: Promise<Headers>): Promise<Headers>;
}

interface Channel {
  readonly internalChannel?: { readonly filterStackFactory?: { readonly factories?: readonly { createFilter: () => Filter }[] } };
}

/** Asks for plain answers: sets the header once more, behind the filter that always accepts gzip (findings/always-gzip.sh, ADR 0017). */
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
