import { defaultPolicy, type Policy } from './policy';

type Plain = string | number | boolean | null | readonly unknown[];

/** A JSON merge patch (RFC 7396) of a value: at every depth, what it does not name stays, and null takes away what it names. */
export type MergePatch<T> = { readonly [Key in keyof T]?: (T[Key] extends Plain ? T[Key] : MergePatch<T[Key]>) | null };

/** What changes of a policy. Where a value is taken away, the default policy's stands again. */
export type PolicyChanges = MergePatch<Policy>;

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const orNone = (value: unknown): Fields => (isFields(value) ? value : {});

const patched = (value: Fields, patch: Fields, defaults: Fields): Fields => {
  const fields = new Map(Object.entries(value));
  for (const [name, change] of Object.entries(patch)) {
    const after = isFields(change) ? patched(orNone(value[name]), change, orNone(defaults[name])) : (change ?? defaults[name]);
    if (after === undefined) fields.delete(name);
    else fields.set(name, after);
  }
  return Object.fromEntries(fields);
};

/** The whole policy after the change; whether its values can stand is judged afterwards. */
export const changedPolicy = (policy: Policy, changes: PolicyChanges): Policy => ({
  ...policy,
  ...patched({ ...policy }, changes, { ...defaultPolicy }),
});
