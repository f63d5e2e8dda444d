import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { inspect } from 'node:util';

/** Encrypts secrets at rest with AES-256-GCM. `context` (table and row) is authenticated: a sealed value moved to another row does not open. */
export interface Sealer {
  seal(plaintext: string, context: string): string;
  /** Throws SealError when the value was made with another key, for another context, or was changed. */
  open(sealed: string, context: string): string;
  /** Tells whether two texts are the same without telling either, also to who can guess texts; another key gives another one. */
  fingerprint(text: string): string;
  /** First 8 hex digits of the SHA-256 of the key: tells which key sealed a value without telling the key. */
  readonly keyId: string;
}

export class SealError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SealError';
  }
}

/** 32 bytes in base64, or an error that names the variable. */
function readKey(secretBase64: string): Buffer {
  const key = Buffer.from(secretBase64, 'base64');
  if (key.length !== 32) throw new SealError('ROLLCALL_SECRET must be 32 bytes in base64 (openssl rand -base64 32)');
  return key;
}

/**
 * Sealed form: `v1.<keyId>.<iv>.<ciphertext+tag>` (base64url). Further secrets open values sealed before a rotation.
 */
export function createSealer(secretBase64: string, formerSecretsBase64: readonly string[] = []): Sealer {
  const keys = new Map<string, Buffer>();
  let keyId = '';
  for (const secret of [secretBase64, ...formerSecretsBase64]) {
    const master = readKey(secret);
    const id = createHash('sha256').update(master).digest('hex').slice(0, 8);
    keys.set(id, Buffer.from(hkdfSync('sha256', master, '', 'rollcall sealed secrets v1', 32)));
    keyId ||= id;
  }
  const marker = Buffer.from(hkdfSync('sha256', readKey(secretBase64), '', 'rollcall fingerprints v1', 32));
  return {
    keyId,
    fingerprint: (text) => createHmac('sha256', marker).update(text).digest('hex'),
    seal(plaintext, context) {
      const key = keys.get(keyId);
      if (!key) throw new SealError('no key');
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return `v1.${keyId}.${iv.toString('base64url')}.${body.toString('base64url')}`;
    },
    open(sealed, context) {
      const [version, id, iv, body] = sealed.split('.');
      if (version !== 'v1' || !id || !iv || !body) throw new SealError('not a sealed value');
      const key = keys.get(id);
      if (!key) throw new SealError(`sealed with another ROLLCALL_SECRET (key ${id}, this installation has ${keyId})`);
      const bytes = Buffer.from(body, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64url')).setAAD(Buffer.from(context));
      decipher.setAuthTag(bytes.subarray(bytes.length - 16));
      try {
        return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString('utf8');
      } catch {
        throw new SealError('the sealed value was changed or belongs to another record');
      }
    },
  };
}

/** A secret in memory that no log, template or JSON can print by accident. */
export class Sealed {
  readonly #value: string;
  constructor(value: string) {
    this.#value = value;
  }
  /** The only way to the value; call it where it is used, not before. */
  reveal(): string {
    return this.#value;
  }
  toString(): string {
    return '[sealed]';
  }
  toJSON(): string {
    return '[sealed]';
  }
  [inspect.custom](): string {
    return '[sealed]';
  }
}
