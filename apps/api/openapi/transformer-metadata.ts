type Class = new () => object;

interface TransformerMetadata {
  findTypeMetadata(target: object, property: string): { readonly typeFunction: () => Class; readonly options?: object } | undefined;
  /** @param kind 0: from plain objects to classes */
  findTransformMetadatas(
    target: object,
    property: string,
    kind: 0,
  ): readonly { readonly transformFn: (about: { readonly value: unknown; readonly key: string; readonly obj: object }) => unknown }[];
  getExposedMetadatas(target: object): readonly unknown[];
  getExcludedMetadatas(target: object): readonly unknown[];
}

/** Where class-transformer keeps which class a nested field is of: it exports no public way to it. */
// eslint-disable-next-line @typescript-eslint/no-require-imports -- the package ships no types for this file
export const transformerMetadata = (require('class-transformer/cjs/storage') as { defaultMetadataStorage: TransformerMetadata })
  .defaultMetadataStorage;
