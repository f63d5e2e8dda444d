// Runs the MCP conformance suite: node run.mjs <its arguments>.
// It imports fs.globSync, which Node 22 brought and only its own tier check uses: on older releases it gets one that says so.
import * as fs from 'node:fs';
import { register } from 'node:module';

const shim = `export * from 'node:fs'; export { default } from 'node:fs';
export const globSync = () => { throw new Error('fs.globSync needs Node.js 22'); };`;
const hooks = `const shim = ${JSON.stringify(`data:text/javascript,${encodeURIComponent(shim)}`)};
export const resolve = (name, context, next) => name === 'fs' && context.parentURL?.includes('/conformance/dist/')
  ? { url: shim, shortCircuit: true } : next(name, context);`;
if (!('globSync' in fs)) register(`data:text/javascript,${encodeURIComponent(hooks)}`);

const suite = new URL('../../node_modules/@modelcontextprotocol/conformance/dist/index.js', import.meta.url);
await import(suite.href);
