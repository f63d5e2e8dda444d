/**
 * The state of a status page on somebody else's site:
 * <script async src="https://…/embed/status.js" data-page="acme"></script>, with data-component, data-theme, data-lang.
 * No cookie, no style of or for the host: a shadow root with a constructed style sheet, which a style-src policy does not
 * touch, and no markup from strings, which Trusted Types does not refuse.
 */
interface Summary {
  readonly title: string;
  readonly status: string;
  readonly summary: string;
  readonly url: string;
  readonly components: readonly { readonly slug: string; readonly name: string; readonly status: string; readonly text: string }[];
}

const REFRESH_MS = 60_000;
const SVG = 'http://www.w3.org/2000/svg';
/** Light and dark colour, outline, and what is cut out of it; the shape says the state as well as the colour. */
const LOOKS: Record<string, [string, string, string]> = {
  operational: ['#0b7a45,#45c486', 'M1 8a7 7 0 1 0 14 0A7 7 0 1 0 1 8Z', 'm4.9 8.2 2.2 2.2 4.1-4.4'],
  degraded: ['#8a5400,#f2b23e', 'M8 1 15.5 14.5H.5Z', 'M8 5.8v3.6M8 11.6v.6'],
  outage: ['#c02626,#ff6f68', 'M5 1h6l4 4v6l-4 4H5l-4-4V5Z', 'm5.7 5.7 4.6 4.6m0-4.6-4.6 4.6'],
  maintenance: ['#1a5fc4,#74adff', 'M2 1h12l1 1v12l-1 1H2l-1-1V2Z', 'M4.6 11.4 8.3 7.7M8 4.9a2.2 2.2 0 1 0 3.1 3.1'],
  unknown: ['#5f6573,#9aa1af', 'M1 8a7 7 0 1 0 14 0A7 7 0 1 0 1 8Z', 'M5 8h6'],
};
const SHEET = `:host{color-scheme:light dark;display:inline-block}
:host([theme=light]){color-scheme:light}:host([theme=dark]){color-scheme:dark}
a{--b:light-dark(#fff,#121317);display:inline-flex;align-items:center;gap:8px;padding:6px 12px;border:1px solid light-dark(#d3d4dc,#363a44);border-radius:8px;background:var(--b);color:light-dark(#15171c,#edeff3);font:500 13px/20px system-ui,sans-serif;text-decoration:none}
a:hover{text-decoration:underline}a:focus-visible{outline:2px solid currentColor;outline-offset:2px}
svg{flex:none;width:14px;height:14px}.c{fill:none;stroke:var(--b);stroke-width:1.8;stroke-linecap:round}`;

function start(script: HTMLScriptElement): void {
  const { page = '', component, theme, lang } = script.dataset;
  const base = `${new URL(script.src).origin}/status/${encodeURIComponent(page)}`;
  const query = lang === undefined ? '' : `?lang=${encodeURIComponent(lang)}`;
  const host = document.createElement('span');
  if (theme !== undefined) host.setAttribute('theme', theme);
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(SHEET);
  root.adoptedStyleSheets = [sheet];
  const link = document.createElement('a');
  link.target = '_blank';
  link.rel = 'noopener';
  root.append(link);
  script.after(host);

  const show = (status: string, text: string, url: string) => {
    const [colors, outline, cut] = LOOKS[status === 'partial_outage' ? 'outage' : status] ?? (LOOKS.unknown as [string, string, string]);
    const svg = document.createElementNS(SVG, 'svg');
    svg.setAttribute('viewBox', '0 0 16 16');
    svg.setAttribute('aria-hidden', 'true');
    for (const d of [outline, cut]) {
      const path = document.createElementNS(SVG, 'path');
      path.setAttribute('d', d);
      if (d === cut) path.setAttribute('class', 'c');
      else path.style.fill = `light-dark(${colors})`;
      svg.append(path);
    }
    link.href = url;
    link.replaceChildren(svg, text);
  };
  const refresh = async () => {
    try {
      const answer = await fetch(`${base}/summary.json${query}`, { credentials: 'omit' });
      if (!answer.ok) throw answer;
      const found = (await answer.json()) as Summary;
      const part = found.components.find(({ slug }) => slug === component);
      if (part === undefined) show(found.status, found.summary, found.url + query);
      else show(part.status, `${part.name}: ${part.text}`, found.url + query);
    } catch {
      // What is not known is not green.
      show('unknown', 'Status', base + query);
    }
  };
  void refresh();
  setInterval(() => {
    if (document.visibilityState === 'visible') void refresh();
  }, REFRESH_MS);
}

if (document.currentScript instanceof HTMLScriptElement) start(document.currentScript);
