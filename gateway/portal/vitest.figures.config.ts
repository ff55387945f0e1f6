import { defineConfig } from 'vitest/config';

/** What pages cost, by `cargo xtask figures`. */
export default defineConfig({
  test: { environment: 'node', include: ['tests/figures.ts'], testTimeout: 600_000, hookTimeout: 90_000 },
});
