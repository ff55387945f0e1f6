import { defineConfig } from 'vitest/config';

/** Pictures of every page and document, by `cargo xtask screens`. */
export default defineConfig({
  test: { environment: 'node', include: ['tests/screens.ts'], testTimeout: 600_000, hookTimeout: 90_000 },
});
