/** Header that proxy.ts sets to the path being rendered, so that signing in leads back to it. */
export const PATH_HEADER = 'x-rollcall-path';
