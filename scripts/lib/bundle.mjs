// Bundles for Node, as Rollcall runs: our own packages are inlined, npm packages stay where npm put them.
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from './workspace.mjs';

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

export function bundle(entryPoints, outdir) {
  return build({
    entryPoints,
    outdir,
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
}
