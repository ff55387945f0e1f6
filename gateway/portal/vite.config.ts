import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { typeset } from './scripts/typeset.mjs';

/** Where `escale demo` listens while pages are written (`npm run dev`). */
const gateway = process.env['ESCALE_URL'] ?? 'http://127.0.0.1:8080';
const served = ['/graphql', '/convention', '/plateforme', '/agenda', '/export', '/lien', '/courrier', '/demo.json', '/style.css'];

export default defineConfig({
  plugins: [svelte(), ...(process.env['VITEST'] ? [] : [typeset()])],
  build: { target: 'es2022', manifest: true, assetsInlineLimit: 0, modulePreload: { polyfill: false },
    // Many small files cost more than one: what most pages stand on comes together.
    rolldownOptions: { output: { codeSplitting: { groups: [
      { name: 'kit', test: /src\/(lib\/(?!contrast|departements|distance|france|months|pupils|reasons|typeset|upload|zones)|ui\/(Alert|Badge|BookingState|Button|Card|Check|Columns|Count|DateTile|Dialog|Empty|Facts|Field|Form|Labelled|Menu|Messages|Monogram|Page|Pagination|Reader|Row|SearchBox|Select|Shell|Skeleton|Stack|Table|Tabs|Text)\b)/ },
      { name: 'stages', test: /src\/ui\/(Choices|Seats|SlotCard|Square)\b/ },
      { name: 'papers', test: /src\/ui\/(DocumentFrame|Split|Standing)\b/ },
      { name: 'uploads', test: /src\/(ui\/(Preview|Upload)|lib\/upload)\b/ },
    ] } } },
  },
  server: { proxy: Object.fromEntries(served.map((path) => [path, { target: gateway, ws: path === '/graphql' }])) },
  test: { environment: 'happy-dom', include: ['src/**/*.test.ts'] },
  ...(process.env['VITEST'] ? { resolve: { conditions: ['browser'] } } : {}),
});
