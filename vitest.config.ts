import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/build.ts"],
    setupFiles: ["test/support/cleanup.ts"],
    testTimeout: 30_000,
    maxWorkers: 2,
    // One graph of modules a worker: the models take longer to load than most files take to run.
    isolate: false,
  },
});
