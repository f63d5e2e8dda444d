/** Addresses of the built files and the text of the widget, put in by scripts/build-status.mjs. */
declare const __STATUS_ASSETS__: { readonly css: string; readonly js: string; readonly widget: string };

export const ASSETS = __STATUS_ASSETS__;
