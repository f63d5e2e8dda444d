import { type Browser, type BrowserContext, chromium } from 'playwright-core';

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Debian's Chromium, or the one named by CHROMIUM_PATH. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', args: ARGS });
}

export interface Looks {
  theme: 'light' | 'dark';
  width: number;
}

/** A fresh browser profile that is signed in already. */
export async function signedIn(
  browser: Browser,
  baseUrl: string,
  { theme, width }: Looks = { theme: 'light', width: 1280 },
): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL: baseUrl,
    colorScheme: theme,
    viewport: { width, height: width < 500 ? 780 : 860 },
    reducedMotion: 'reduce',
  });
  const response = await context.request.post('/api/auth/sign-in/email', {
    data: { email: 'maya@example.com', password: 'correct horse' },
  });
  if (!response.ok()) throw new Error(`sign-in answered ${response.status()}`);
  return context;
}
