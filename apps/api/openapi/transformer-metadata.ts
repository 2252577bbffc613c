interface TransformerMetadata {
  findTypeMetadata(target: object, property: string): { readonly typeFunction: () => new () => object };
}

/** Where class-transformer keeps which class a nested field is of: it exports no public way to it. */
// eslint-disable-next-line @typescript-eslint/no-require-imports -- the package ships no types for this file
export const transformerMetadata = (require('class-transformer/cjs/storage') as { defaultMetadataStorage: TransformerMetadata })
  .defaultMetadataStorage;
