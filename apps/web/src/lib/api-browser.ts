import { createClient } from '@rollcall/client';

/** The API from the browser, on the same origin. Throws ApiError; a lost session leads to sign-in. */
export const api = createClient({ baseUrl: '', fetch: orSignIn });

async function orSignIn(address: string, init: RequestInit): Promise<Response> {
  const response = await fetch(address, init);
  if (response.status === 401) window.location.assign(`/sign-in?next=${encodeURIComponent(window.location.pathname)}`);
  return response;
}
