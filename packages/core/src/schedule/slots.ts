/** 32-bit FNV-1a with a final avalanche (murmur3's): spreads ids that differ in one character. */
function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) {
    hash ^= text.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Where in its interval an endpoint is probed from a region: 0 … intervalMs − 1, the same for ever, spread over all endpoints. */
export function phaseMs(endpointId: string, region: string, intervalMs: number): number {
  return hash32(`${endpointId}/${region}`) % intervalMs;
}

/** The first instant of the grid {phase + k × interval} that is later than `after`. */
export function nextSlot(phase: number, intervalMs: number, after: Date): Date {
  const k = Math.floor((after.getTime() - phase) / intervalMs) + 1;
  return new Date(phase + k * intervalMs);
}

/** Confirmation step c = min(I/4, 60 s): how far apart a first failure and its confirmations are. */
export function confirmationStepMs(intervalMs: number): number {
  return Math.min(Math.floor(intervalMs / 4), 60_000);
}
