/** Parts of host names under which a hosting platform serves many customers: what fails on several of them at once is likely the platform's. */
const PLATFORM_SUFFIXES: readonly string[] = [
  'a.run.app',
  'amplifyapp.com',
  'appspot.com',
  'azurecontainerapps.io',
  'azurewebsites.net',
  'cloudfunctions.net',
  'deno.dev',
  'deno.net',
  'execute-api.amazonaws.com',
  'fly.dev',
  'github.io',
  'hf.space',
  'herokuapp.com',
  'koyeb.app',
  'lambda-url.on.aws',
  'modal.run',
  'netlify.app',
  'ngrok-free.app',
  'ngrok.app',
  'onrender.com',
  'ondigitalocean.app',
  'pages.dev',
  'railway.app',
  'repl.co',
  'replit.app',
  'replit.dev',
  'smithery.ai',
  'supabase.co',
  'trycloudflare.com',
  'val.run',
  'vercel.app',
  'web.app',
  'workers.dev',
];

/** Regions stand before the platform's own name on some of them: `abc.execute-api.eu-west-1.amazonaws.com`. */
const REGIONAL = [
  { pattern: /\.execute-api\.[a-z0-9-]+\.amazonaws\.com$/, platform: 'execute-api.amazonaws.com' },
  { pattern: /\.lambda-url\.[a-z0-9-]+\.on\.aws$/, platform: 'lambda-url.on.aws' },
  { pattern: /\.awsapprunner\.com$/, platform: 'awsapprunner.com' },
] as const;

/** The platform a host belongs to, or null. `host` is lower case and has no port. */
export function platformOf(host: string): string | null {
  const regional = REGIONAL.find(({ pattern }) => pattern.test(host));
  if (regional) return regional.platform;
  return PLATFORM_SUFFIXES.find((suffix) => host.endsWith(`.${suffix}`)) ?? null;
}
