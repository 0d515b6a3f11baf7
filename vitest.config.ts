import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/support/build.ts',
    // Loading the game's data again for each file would take longer than most of the tests.
    isolate: false,
    // Ends a test that hangs; one that is merely slow, on a busy machine, may take its time.
    testTimeout: 900_000,
    hookTimeout: 900_000,
    // One more than the two cores: many tests wait for servers and timers.
    maxWorkers: 3,
  },
});
