import { defineConfig } from 'vite';
import { helpPages } from './help-pages.mts';

/** The site, built into `dist/apps/web`, whence the API serves it: one origin, no inline script or style. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  plugins: [helpPages()],
  build: {
    outDir: '../../dist/apps/web',
    emptyOutDir: true,
    assetsDir: 'site',
    // a data: URL would need a wider Content-Security-Policy for fonts
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
    reportCompressedSize: false,
    // charts are loaded by dashboards alone
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      // React's libraries mark files for servers that render; here there is none
      onLog: (level, log, handle) => log.code === 'MODULE_LEVEL_DIRECTIVE' || handle(level, log),
    },
  },
  server: {
    port: 5173,
    fs: { allow: ['../..'] },
    proxy: { '^/(networks|session|sign-in|sign-out|docs|health)': 'http://127.0.0.1:3000' },
  },
});
