import {defineConfig} from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 300_000,
    // A browser on a busy machine is late now and then.
    retry: process.env.CI ? 1 : 0
  }
});
