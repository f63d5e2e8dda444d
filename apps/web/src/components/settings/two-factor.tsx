'use client';
import { Button, Card, CardHeader, CopyButton, Field, Input, Modal } from '@rollcall/ui';
import { ShieldCheck, ShieldOff } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { toast } from 'sonner';
import { authPost, refusalOf } from '#web/lib/auth-browser.ts';
import { Ask } from './ask.tsx';
import { QrCode } from './qr-code.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';

interface Enrolment {
  totpURI: string;
  backupCodes: string[];
}

type Step =
  | null
  | { name: 'enable' | 'disable' | 'regenerate' }
  | { name: 'scan'; enrolment: Enrolment }
  | { name: 'codes'; codes: string[] };

export function TwoFactorCard({ enabled, hasPassword }: { enabled: boolean; hasPassword: boolean }) {
  const router = useRouter();
  const [step, setStep] = useState<Step>(null);
  const close = () => setStep(null);
  const enable = async (form: FormData) => {
    const answer = await authPost<Enrolment>('two-factor/enable', { password: form.get('password') });
    if (!answer.ok || answer.body === null) return refusalOf(answer, 'Two-factor sign-in could not be started.');
    setStep({ name: 'scan', enrolment: answer.body });
    return null;
  };
  const regenerate = async (form: FormData) => {
    const answer = await authPost<Enrolment>('two-factor/generate-backup-codes', { password: form.get('password') });
    if (!answer.ok || answer.body === null) return refusalOf(answer, 'New codes could not be made.');
    setStep({ name: 'codes', codes: answer.body.backupCodes });
    return null;
  };
  const disable = async (form: FormData) => {
    const answer = await authPost('two-factor/disable', { password: form.get('password') });
    if (!answer.ok) return refusalOf(answer, 'Two-factor sign-in could not be turned off.');
    toast.success('Two-factor sign-in is off.');
    close();
    router.refresh();
    return null;
  };
  const finish = () => {
    close();
    router.refresh();
  };
  const only = (name: 'enable' | 'disable' | 'regenerate') => ({
    open: step?.name === name,
    // A panel that closes because the next step follows leaves the next step alone.
    onOpenChange: (open: boolean) => setStep((now) => (open ? { name } : now?.name === name ? null : now)),
    password: true,
  });
  return (
    <Card aria-labelledby="two-factor-heading">
      <CardHeader id="two-factor-heading" title="Two-factor sign-in" />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3 p-4 text-sm">
        {enabled ? (
          <ShieldCheck aria-hidden className="size-5 shrink-0 text-up" />
        ) : (
          <ShieldOff aria-hidden className="size-5 shrink-0 text-faint" />
        )}
        <div className="min-w-0 flex-1 basis-56">
          <p className="font-medium">{enabled ? 'On' : 'Off'}</p>
          <p className="text-muted">
            {enabled
              ? 'Signing in with your password asks for a code of your authenticator app.'
              : 'With it, your password alone opens nothing: a code of an authenticator app is asked for, too.'}
          </p>
        </div>
        {hasPassword ? (
          <div className="flex flex-wrap gap-2">
            {enabled ? (
              <>
                <Button onClick={() => setStep({ name: 'regenerate' })}>New recovery codes</Button>
                <Button variant="danger" onClick={() => setStep({ name: 'disable' })}>
                  Turn off
                </Button>
              </>
            ) : (
              <Button variant="primary" onClick={() => setStep({ name: 'enable' })}>
                Turn on
              </Button>
            )}
          </div>
        ) : (
          <p className="text-muted text-xs">This account has no password: the service you sign in with asks for the second factor.</p>
        )}
      </div>
      <Ask
        {...only('enable')}
        title="Turn on two-factor sign-in"
        description="First your password, then your app."
        action="Continue"
        onSubmit={enable}
      />
      <Ask
        {...only('regenerate')}
        title="Make new recovery codes"
        description="The former ones stop working at once."
        action="Make new codes"
        onSubmit={regenerate}
      />
      <Ask
        {...only('disable')}
        title="Turn off two-factor sign-in"
        description="From then on the password alone signs you in. The recovery codes stop working."
        action="Turn off"
        danger
        onSubmit={disable}
      />
      <Modal
        open={step?.name === 'scan' || step?.name === 'codes'}
        onOpenChange={(open) => (open ? undefined : finish())}
        title={step?.name === 'codes' ? 'Your recovery codes' : 'Add Rollcall to your app'}
      >
        {step?.name === 'scan' ? (
          <Scan enrolment={step.enrolment} onProved={() => setStep({ name: 'codes', codes: step.enrolment.backupCodes })} />
        ) : null}
        {step?.name === 'codes' ? <RecoveryCodes codes={step.codes} onStored={finish} /> : null}
      </Modal>
    </Card>
  );
}

/** Nothing is on before a code proves that the app has the secret. */
function Scan({ enrolment, onProved }: { enrolment: Enrolment; onProved: () => void }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const secret = new URL(enrolment.totpURI).searchParams.get('secret') ?? '';
  const prove = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    const code = String(new FormData(event.currentTarget).get('code')).replaceAll(/\s/g, '');
    const answer = await authPost('two-factor/verify-totp', { code });
    setBusy(false);
    if (answer.ok) return onProved();
    setError(refusalOf(answer, 'The code is wrong. Is the clock of your phone right?'));
  };
  return (
    <form method="post" onSubmit={prove} className="flex flex-col gap-4">
      <div className="flex flex-wrap items-start gap-5">
        <QrCode text={enrolment.totpURI} label="QR code for your authenticator app" />
        <div className="min-w-0 flex-1 basis-48 text-sm">
          <p>Scan this with your authenticator app, or type the secret into it:</p>
          <p className="mt-2 break-all rounded-control border bg-sunken px-2.5 py-2 font-mono text-xs">
            {secret.match(/.{1,4}/g)?.join(' ')}
          </p>
          <CopyButton text={secret} label="Copy the secret" className="mt-1 -ml-1" />
        </div>
      </div>
      <Field label="Code" hint="The six digits that your app shows now." error={error ?? undefined}>
        {(ids) => (
          <Input {...ids} name="code" inputMode="numeric" autoComplete="one-time-code" required maxLength={12} autoFocus className="w-40" />
        )}
      </Field>
      <Button type="submit" variant="primary" busy={busy}>
        Turn on
      </Button>
    </form>
  );
}
