'use client';
import type { SignInOptions } from '@rollcall/contracts';
import { Button, Callout } from '@rollcall/ui';
import { CircleAlert } from 'lucide-react';
import { useState } from 'react';
import { authPost, refusalOf } from '#web/lib/auth-browser.ts';

const NAMES: Record<SignInOptions['providers'][number], string> = { github: 'GitHub', google: 'Google', oidc: 'single sign-on' };

/** The services one may sign in with; nothing when none is configured. */
export function Providers({ providers, next }: { providers: SignInOptions['providers']; next: string }) {
  const [busy, setBusy] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  if (providers.length === 0) return null;
  const go = async (provider: SignInOptions['providers'][number]) => {
    setBusy(provider);
    setError(null);
    const errorCallbackURL = next === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`;
    const answer = await authPost<{ url?: string }>('sign-in/social', { provider, callbackURL: next, errorCallbackURL });
    if (answer.ok && answer.body?.url !== undefined) return window.location.assign(answer.body.url);
    setBusy(null);
    setError(refusalOf(answer, `Signing in with ${NAMES[provider]} is not possible right now.`));
  };
  return (
    <div className="mb-5 flex flex-col gap-2.5">
      {error === null ? null : <Callout alert tone="down" icon={<CircleAlert />} title={error} />}
      {providers.map((provider) => (
        <Button key={provider} size="lg" busy={busy === provider} disabled={busy !== null} onClick={() => go(provider)}>
          Continue with {NAMES[provider]}
        </Button>
      ))}
      <p className="mt-2 flex items-center gap-3 text-faint text-xs before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        or
      </p>
    </div>
  );
}
