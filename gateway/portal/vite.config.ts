import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

/** Where `escale demo` listens while pages are written (`npm run dev`). */
const gateway = process.env['ESCALE_URL'] ?? 'http://127.0.0.1:8080';
const served = ['/graphql', '/convention', '/plateforme', '/agenda', '/export', '/lien', '/courrier', '/demo.json', '/style.css'];

export default defineConfig({
  plugins: [svelte()],
  build: { target: 'es2022', manifest: true, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  server: { proxy: Object.fromEntries(served.map((path) => [path, { target: gateway, ws: path === '/graphql' }])) },
  test: { environment: 'happy-dom', include: ['src/**/*.test.ts'] },
  ...(process.env['VITEST'] ? { resolve: { conditions: ['browser'] } } : {}),
});
