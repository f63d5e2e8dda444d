export { CLIENT_CONFIG_FORMATS, type ClientConfigFormat, detectFormat } from './formats.ts';
export { JsoncError, parseJsonc } from './jsonc.ts';
export { ClientConfigError, type ClientConfigReading, readClientConfig } from './read.ts';
export { type ClientConfig, clientConfigSchema, clientConfigsFor, type SnippetSubject } from './snippets.ts';
export * from './types.ts';
