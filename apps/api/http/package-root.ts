import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The nearest folder with a package.json: the same from sources, from `dist` and where the package is installed. */
export const packageRoot = (folder: string): string => (existsSync(join(folder, 'package.json')) ? folder : packageRoot(dirname(folder)));
