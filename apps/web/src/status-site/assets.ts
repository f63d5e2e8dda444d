/** Addresses of the built files, put in by scripts/build-status.mjs. */
declare const __STATUS_ASSETS__: { readonly css: string; readonly js: string };

export const ASSETS = __STATUS_ASSETS__;
