/** Where the list of keys is read; also its key in the cache. */
export const KEYS_PATH = '/api-keys?limit=200';
