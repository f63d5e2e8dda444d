import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const app = dirname(fileURLToPath(import.meta.url));

/** @type {import('next').NextConfig} */
export default {
  reactStrictMode: true,
  poweredByHeader: false,
  transpilePackages: ['@rollcall/ui', '@rollcall/client', '@rollcall/contracts', '@rollcall/core', '@rollcall/probe'],
  // `npm run check` type-checks this app with the compiler the whole repository uses.
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: join(app, '../..') },
  outputFileTracingRoot: join(app, '../..'),
  devIndicators: false,
};
