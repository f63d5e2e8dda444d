import type { Cause } from '@rollcall/contracts';

/** What the Server header of an answer says about where the line that mends it goes. */
const PRODUCTS: readonly { readonly said: RegExp; readonly fixesFor: readonly string[] }[] = [
  { said: /^(nginx|openresty)/i, fixesFor: ['nginx', 'ingress-nginx'] },
  { said: /^caddy/i, fixesFor: ['caddy'] },
  { said: /^cloudflare/i, fixesFor: ['cloudflare'] },
  { said: /^apache/i, fixesFor: ['apache'] },
  { said: /^(uvicorn|hypercorn|gunicorn)/i, fixesFor: ['uvicorn', 'python-sdk', 'fastapi', 'django'] },
];

/** The fixes with those for the server that answered first; otherwise in the catalogue's order. Pure. */
export function orderFixes(fixes: Readonly<Cause['fixes']>, serverHeader: unknown): Cause['fixes'] {
  const product = typeof serverHeader === 'string' ? PRODUCTS.find(({ said }) => said.test(serverHeader)) : undefined;
  if (product === undefined) return [...fixes];
  const rank = (fix: Cause['fixes'][number]): number => (product.fixesFor.includes(fix.for) ? 0 : 1);
  return [...fixes].sort((a, b) => rank(a) - rank(b));
}
