// Bundles one app for Node: our own packages are inlined, npm packages stay where npm put them.
// Usage: node scripts/build-app.mjs [apps/<name>]   (default: the current folder)
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { bundle } from './lib/bundle.mjs';
import { root } from './lib/workspace.mjs';

const app = process.argv[2] ? resolve(root, process.argv[2]) : process.cwd();
const entries = readdirSync(join(app, 'src'))
  .filter((name) => /^(main|[a-z-]+\.main)\.ts$/.test(name))
  .map((name) => join(app, 'src', name));
if (entries.length === 0) throw new Error(`${app}/src holds no main.ts`);
if (existsSync(join(app, 'dist'))) rmSync(join(app, 'dist'), { recursive: true });

await bundle(entries, join(app, 'dist'));
