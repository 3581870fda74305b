/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: "node",
  testMatch: ["**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/", "/dist/", "/.hub/"],
  modulePathIgnorePatterns: ["/dist/"],
  transform: { "^.+\\.[jt]s$": "@swc/jest" },
  // jose ships ES modules only; everything else in the tree has a CommonJS build.
  transformIgnorePatterns: ["/node_modules/(?!jose/)"],
  setupFiles: ["reflect-metadata", "<rootDir>/test/setup/graphql-as-in-production.js"],
  globalSetup: "<rootDir>/test/setup/start-postgres.ts",
  globalTeardown: "<rootDir>/test/setup/stop-postgres.ts",
  maxWorkers: 2,
  testTimeout: 30_000,
};
