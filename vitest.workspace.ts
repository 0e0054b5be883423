import { defineConfig } from 'vitest/config'

// Vitest reads this file because every script names it: by its name alone it would be ignored (docs/decisions/vitest-workspace.md).
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['packages/*/src/**/*.test.ts', 'compose/{bench,stack}/**/*.test.ts'],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'parts',
          include: ['packages/*/test/**/*.test.ts', 'compose/local/**/*.test.ts', 'compose/client/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['compose/e2e/**/*.test.ts', 'compose/contract/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'chaos',
          include: ['compose/chaos/**/*.test.ts'],
          fileParallelism: false,
          // After all others: beside them its rows would wait for a processor rather than for what they break. Groups run from the
          // lowest on, but a project without parallel files and an order of its own would come last of all.
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
