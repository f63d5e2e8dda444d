export { address } from './address.ts';
export type {
  Address,
  Answer,
  AnswerStatus,
  Arguments,
  Body,
  CallOptions,
  Item,
  ListPath,
  Method,
  OptionsOf,
  PathOf,
  Query,
  Retry,
} from './call-types.ts';
export { type Client, type ClientOptions, createClient, type Reply } from './client.ts';
export { ApiError, type Culprit, UnreachableError } from './errors.ts';
export type * from './generated/contract.ts';
