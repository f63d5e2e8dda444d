import { AppError, type ChannelType, type Culprit } from '@rollcall/core';
import type { Sealer } from '@rollcall/crypto';
import { type AddressPolicy, checkTargetUrl, NetError } from '@rollcall/net';
import { type ChannelKind, channelKind, REDACTED } from '@rollcall/notify';

/** What the channel's row holds, and what its creator may see once. */
export interface PreparedChannelConfig {
  /** Column `config`: sealed JSON, secrets included. */
  readonly sealed: string;
  /** Column `config_info`: every secret is `[redacted]`. */
  readonly info: Record<string, unknown>;
  /** A secret that was generated because none was given; shown in the one answer that creates it. */
  readonly generatedSecret: string | undefined;
}

function context(channelId: string): string {
  return `channel/${channelId}`;
}

export function openChannelConfig(sealer: Sealer, channelId: string, sealed: string): unknown {
  return JSON.parse(sealer.open(sealed, context(channelId)));
}

/**
 * Checks a configuration by its channel type's own schema, completes it and seals it. With `previous` a member that
 * still reads `[redacted]` keeps its former value, so that a form can send back what it was shown.
 * @throws AppError invalid_request naming every wrong member under /config, also one whose address may not be reached.
 */
export async function prepareChannelConfig(
  deps: { readonly sealer: Sealer; readonly policy: AddressPolicy },
  channel: { readonly id: string; readonly type: ChannelType; readonly config: unknown; readonly previous?: unknown },
): Promise<PreparedChannelConfig> {
  const kind = channelKind(channel.type);
  const input = channel.previous === undefined ? channel.config : restore(channel.config, channel.previous);
  const parsed = kind.configSchema.safeParse(input);
  if (!parsed.success) {
    const culprits = parsed.error.issues.flatMap(({ path, message, ...issue }): Culprit[] => {
      const at = ['', 'config', ...path.map(String)].map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1')).join('/');
      if (issue.code !== 'unrecognized_keys') return [{ pointer: at, message }];
      return issue.keys.map((key) => ({ pointer: `${at}/${key}`, message: 'is not known' }));
    });
    throw new AppError('invalid_request', 'the configuration does not fit this type of channel', { culprits });
  }
  await checkTargets(kind, parsed.data, deps.policy);
  const before = kind.secretToShow?.(parsed.data);
  const config = kind.complete(parsed.data);
  const after = kind.secretToShow?.(config);
  return {
    sealed: deps.sealer.seal(JSON.stringify(config), context(channel.id)),
    info: kind.redact(config),
    generatedSecret: before === undefined ? after : undefined,
  };
}

async function checkTargets(kind: ChannelKind<unknown>, config: unknown, policy: AddressPolicy): Promise<void> {
  for (const { member, url } of kind.targets(config)) {
    try {
      await checkTargetUrl(url, policy);
    } catch (error) {
      if (!(error instanceof NetError)) throw error;
      const message = error.code === 'address_blocked' ? 'is not a public address' : 'is not an address that can be called';
      throw new AppError('invalid_request', 'the address of the channel may not be used', {
        culprits: [{ pointer: `/config/${member}`, message }],
        cause: error,
      });
    }
  }
}

/** Puts former values where the new one holds the mark of redaction, at any depth. */
function restore(next: unknown, previous: unknown): unknown {
  if (typeof next === 'string') return next.includes(REDACTED) && typeof previous === 'string' ? previous : next;
  if (typeof next !== 'object' || next === null || Array.isArray(next) || typeof previous !== 'object' || previous === null) return next;
  const former = previous as Record<string, unknown>;
  return Object.fromEntries(Object.entries(next).map(([key, value]) => [key, restore(value, former[key])]));
}
