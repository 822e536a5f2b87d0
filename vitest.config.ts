import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    environment: 'node',
    // Processes of their own: native modules and worker threads behave there as they do in the program.
    pool: 'forks',
    // One more than there are processors: most of the integration tests wait more than they compute.
    maxWorkers: Math.max(3, availableParallelism() + 1),
    // A test that passes at the second try has failed.
    retry: 0,
    allowOnly: !process.env.CI,
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['tests/unit/**/*.test.{ts,tsx}'], testTimeout: 5_000 },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
