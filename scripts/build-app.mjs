// Bundles one app for Node: our own packages are inlined, npm packages stay where npm put them.
// Usage: node scripts/build-app.mjs [apps/<name>]   (default: the current folder)
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { root } from './lib/workspace.mjs';

const app = process.argv[2] ? resolve(root, process.argv[2]) : process.cwd();
const entries = readdirSync(join(app, 'src'))
  .filter((name) => /^(main|[a-z-]+\.main)\.ts$/.test(name))
  .map((name) => join(app, 'src', name));
if (entries.length === 0) throw new Error(`${app}/src holds no main.ts`);
if (existsSync(join(app, 'dist'))) rmSync(join(app, 'dist'), { recursive: true });

/**
 * Everything that npm installed is required at run time, not copied; but what npm put beside one of our packages only
 * (another version stands at the top) would be found in the wrong version from the app's folder, so it is inlined.
 */
const npmPackagesStayOutside = {
  name: 'npm-packages-stay-outside',
  setup({ onResolve, resolve: resolveBy }) {
    onResolve({ filter: /^[^./]/ }, async ({ path, kind, resolveDir, pluginData }) => {
      if (kind === 'entry-point' || path.startsWith('@rollcall/') || pluginData === 'asked') return undefined;
      if (path.startsWith('node:')) return { path, external: true };
      const found = await resolveBy(path, { kind, resolveDir, pluginData: 'asked' });
      return found.path.startsWith(join(root, 'packages')) ? found : { path, external: true };
    });
  },
};

await build({
  entryPoints: entries,
  outdir: join(app, 'dist'),
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  jsx: 'automatic',
  sourcemap: true,
  logLevel: 'warning',
  plugins: [npmPackagesStayOutside],
});
