import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { withoutPointer } from './keyboard.ts';

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

/**
 * Within the page: every streamed segment of React's is in its place, and every button of the content is heard. Where there turned out
 * to be nothing, React leaves a segment behind in which there is nothing but marks; a public status page has no framework, and its
 * buttons are heard at once. Without a named function inside: what tsx makes of one is not known to the page.
 */
function isSettled(): boolean {
  return (
    [...document.querySelectorAll('div[hidden][id^="S:"] > *')].every(({ tagName }) => tagName === 'TEMPLATE') &&
    (!('__next_f' in window) ||
      [...document.querySelectorAll('main button')].every((button) => Object.keys(button).some((key) => key.startsWith('__reactProps$'))))
  );
}

/**
 * A page whose arrivals wait until React has put every streamed segment in its place and listens. Before the first the document may
 * hold an element twice, once in a hidden `<div id="S:…">` and once where it belongs, and a strict locator finds two; before the
 * second a key pressed on a button is lost.
 */
export function steady(page: Page): Page {
  const settled = () => page.waitForFunction(isSettled);
  const goto = page.goto.bind(page);
  const reload = page.reload.bind(page);
  const waitForURL = page.waitForURL.bind(page);
  page.goto = async (...args) => {
    const response = await goto(...args);
    await settled();
    return response;
  };
  page.reload = async (...args) => {
    const response = await reload(...args);
    await settled();
    return response;
  };
  page.waitForURL = async (...args) => {
    await waitForURL(...args);
    await settled();
  };
  return page;
}

/**
 * A fresh browser profile, of which every page is steady. Without scripts nothing moves the segments, and nothing is waited for.
 * Whatever a test clicks on is pressed by keyboard: what the tests do can be done without a pointer.
 */
export async function newContext(browser: Browser, options: BrowserContextOptions): Promise<BrowserContext> {
  const context = await browser.newContext(options);
  const newPage = context.newPage.bind(context);
  context.newPage = async () => {
    const page = withoutPointer(await newPage());
    return options.javaScriptEnabled === false ? page : steady(page);
  };
  return context;
}

export interface Looks {
  theme: 'light' | 'dark';
  width: number;
}

/** A fresh browser profile that is signed in already. Pages are steady. */
export async function signedIn(
  browser: Browser,
  baseUrl: string,
  { theme, width }: Looks = { theme: 'light', width: 1280 },
): Promise<BrowserContext> {
  const context = await newContext(browser, {
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
