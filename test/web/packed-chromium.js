/** Prints where the Chromium of `@sparticuz/chromium` lies, unpacked: that package is ESM, which Jest's modules are not. */
import('@sparticuz/chromium').then(async ({ default: packed }) => process.stdout.write(await packed.executablePath()));
