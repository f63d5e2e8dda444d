/** The end of an exhaustive `switch`: fails to compile when a member is unhandled and throws if one gets here anyway. */
export function assertNever(value: never): never {
  throw new Error(`unhandled case: ${JSON.stringify(value)}`);
}
