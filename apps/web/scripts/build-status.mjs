// The public status pages: a style sheet, a small script and the renderer, built beside Next's own output. They are
// rendered without Next, because a page of 9,000 bars is to be rendered in milliseconds and read without a script.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import tailwind from '@tailwindcss/postcss';
import { build } from 'esbuild';
import postcss from 'postcss';

const app = dirname(dirname(fileURLToPath(import.meta.url)));
const site = join(app, 'src/status-site');
const assets = join(app, '.next/static/status');
const publicPath = '/_next/static/status';

/** Next serves what lies in .next/static for ever: the name holds the hash of the content. */
async function buildAssets() {
  rmSync(assets, { recursive: true, force: true });
  mkdirSync(assets, { recursive: true });
  const from = join(site, 'status.css');
  const { css } = await postcss([tailwind({ base: app, optimize: true })]).process(readFileSync(from, 'utf8'), { from });
  const fonts = createRequire(import.meta.url).resolve('@fontsource-variable/geist/wght.css');
  const mono = createRequire(import.meta.url).resolve('@fontsource-variable/geist-mono/wght.css');
  const common = {
    bundle: true,
    minify: true,
    outdir: assets,
    entryNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    publicPath,
    metafile: true,
    logLevel: 'warning',
  };
  const style = await build({
    ...common,
    stdin: {
      contents: `@import ${JSON.stringify(fonts)};\n@import ${JSON.stringify(mono)};\n${css}`,
      resolveDir: site,
      loader: 'css',
      sourcefile: 'status.css',
    },
    loader: { '.woff2': 'file' },
  });
  const script = await build({ ...common, entryPoints: [join(site, 'page.ts')], format: 'iife', target: 'es2022' });
  const widget = await build({ ...common, entryPoints: [join(site, 'widget.ts')], format: 'iife', target: 'es2022', write: false });
  const addressOf = (result, end) => {
    const path = Object.keys(result.metafile.outputs).find((name) => name.endsWith(end));
    return `${publicPath}/${relative(assets, join(process.cwd(), path))}`;
  };
  return { css: addressOf(style, '.css'), js: addressOf(script, '.js'), widget: widget.outputFiles[0].text };
}

export async function buildStatusSite() {
  const found = await buildAssets();
  await build({
    entryPoints: [join(site, 'server.ts')],
    outfile: join(app, '.next/status-site/server.mjs'),
    bundle: true,
    minifySyntax: true,
    platform: 'node',
    external: ['next/og.js'],
    target: 'node20.19',
    format: 'esm',
    jsx: 'automatic',
    sourcemap: true,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"', __STATUS_ASSETS__: JSON.stringify(found) },
    // React's CommonJS asks for Node's modules by require.
    banner: { js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);" },
  });
  writeFileSync(join(app, '.next/status-site/assets.json'), `${JSON.stringify(found)}\n`);
}
