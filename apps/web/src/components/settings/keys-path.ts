import { address } from '@rollcall/client';

/** Where the list of keys is read; also its key in the cache. */
export const KEYS_PATH = address('/api-keys', { query: { limit: 200 } });
