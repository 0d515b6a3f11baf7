import { defineConfig } from 'vitest/config';

// Battles of a real language model behind real servers: npm run test:models. They take an hour or two on two cores.
export default defineConfig({
  test: {
    include: ['test/models/**/*.models.ts'],
    globalSetup: 'test/support/build.ts',
    testTimeout: 3_600_000,
    hookTimeout: 3_600_000,
    fileParallelism: false,
  },
});
