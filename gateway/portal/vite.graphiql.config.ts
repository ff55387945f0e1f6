import { defineConfig } from 'vite';

/** GraphiQL, a page of its own beside the portal's: the demonstration serves it, and no page of the portal loads it. */
export default defineConfig({
  root: 'graphiql',
  base: '/graphiql/',
  build: { target: 'es2022', outDir: '../dist/graphiql', emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false }, chunkSizeWarningLimit: 2_000,
    // Marks for servers that render React: there is none.
    rolldownOptions: { checks: { moduleLevelDirective: false }, onLog: (level, log, tell) => { if (log.code !== 'MODULE_LEVEL_DIRECTIVE') tell(level, log); } },
  },
});
