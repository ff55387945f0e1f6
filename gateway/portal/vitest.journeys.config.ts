import { defineConfig } from 'vitest/config';

/** Journeys in Chromium against the real binary, one file after the other. */
export default defineConfig({
  test: { environment: 'node', include: ['tests/**/*.journey.ts'], fileParallelism: false, testTimeout: 60_000, hookTimeout: 90_000 },
});
