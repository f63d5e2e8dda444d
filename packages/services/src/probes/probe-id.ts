/** A probe's key. `regionId` is the number of the region in its table. */
export interface ProbeKey {
  readonly endpointSeq: number;
  readonly slot: Date;
  readonly regionId: number;
}

/** The id the API shows: `pr_` and the key itself, so that no id is stored with millions of rows. */
export function encodeProbeId({ endpointSeq, slot, regionId }: ProbeKey): string {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(endpointSeq, 0);
  bytes.writeUIntBE(slot.getTime(), 4, 6);
  bytes.writeUInt16BE(regionId, 10);
  return `pr_${bytes.toString('base64url')}`;
}

/** Null for anything that `encodeProbeId` did not make. */
export function decodeProbeId(id: string): ProbeKey | null {
  if (!/^pr_[\w-]{16}$/.test(id)) return null;
  const bytes = Buffer.from(id.slice(3), 'base64url');
  const key = { endpointSeq: bytes.readUInt32BE(0), slot: new Date(bytes.readUIntBE(4, 6)), regionId: bytes.readUInt16BE(10) };
  return key.endpointSeq <= 0x7fffffff && key.regionId <= 0x7fff && encodeProbeId(key) === id ? key : null;
}
