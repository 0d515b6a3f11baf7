import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/support/build.ts',
    // Loading the game's data for each file anew would take longer than most of the tests.
    isolate: false,
    testTimeout: 180_000,
    // The first test that needs a Showdown server installs it.
    hookTimeout: 180_000,
    maxWorkers: 2,
  },
});
