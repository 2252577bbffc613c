import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

const ROOMS = ['libs', 'projections', 'apps'];
const NOT_THE_PRODUCT = /\.(spec|contract|fixture)\.ts$|\/(testing|fixtures|generated)\//;

/** The files of the product, from the project's root, in order. */
export const sourceFiles = (root: string): readonly string[] =>
  ROOMS.flatMap((room) => readdirSync(join(root, room), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((file) => !NOT_THE_PRODUCT.test(file))
    .sort();
