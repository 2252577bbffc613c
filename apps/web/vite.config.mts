import { defineConfig } from 'vite';
import { compressed } from './compressed.mts';
import { helpPages } from './help-pages.mts';

/** What every page needs, in one file: many small ones would each be a request. What one kind of page needs is loaded with it. */
const EVERYWHERE = new RegExp(
  [
    'rolldown/runtime',
    'node_modules/(?!echarts|zrender|csv-parse|downshift|compute-scroll-into-view|prop-types|react-is|tslib)',
    'apps/web/src/(api|design|help|i18n|session|shell|areas/landing)/',
    'apps/web/src/content/(?!entry-form|topic-picker|person-picker|half-days)',
    'docs/guides/site/.*[?]lead',
    'apps/web/src/(main|router|areas/.*-search)[.]',
  ].join('|'),
);

/** The site, built into `dist/apps/web`, whence the API serves it: one origin, no inline script or style. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  plugins: [helpPages(), compressed()],
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
      output: { codeSplitting: { groups: [{ name: 'site', test: EVERYWHERE, includeDependenciesRecursively: false }] } },
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
