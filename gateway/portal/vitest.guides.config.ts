import { defineConfig } from 'vitest/config';

/** The pictures and the papers of the two guides, by `cargo xtask guides`. */
export default defineConfig({
  test: { environment: 'node', include: ['tests/guides.ts'], testTimeout: 300_000, hookTimeout: 90_000, bail: 1 },
});
