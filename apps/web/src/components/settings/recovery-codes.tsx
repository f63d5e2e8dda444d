'use client';
import { Button, CopyButton } from '@rollcall/ui';
import { Download } from 'lucide-react';

/** The codes as a text file: made here, so that they go nowhere. */
function download(codes: string[]): void {
  const url = URL.createObjectURL(new Blob([`Rollcall recovery codes, each works once\n\n${codes.join('\n')}\n`], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'rollcall-recovery-codes.txt';
  link.click();
  URL.revokeObjectURL(url);
}

/** Shown once: what opens the account when the authenticator app is gone. */
export function RecoveryCodes({ codes, onStored }: { codes: string[]; onStored: () => void }) {
  return (
    <div className="flex flex-col gap-4">
      <p className="text-sm">
        Each of these codes signs you in once when your authenticator app is out of reach. They are shown this one time: store them where
        you keep passwords.
      </p>
      <ul aria-label="Recovery codes" className="grid grid-cols-2 gap-x-4 gap-y-1.5 rounded-control border bg-sunken p-3 font-mono text-sm">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap items-center gap-2">
        <CopyButton text={codes.join('\n')} label="Copy the codes" />
        <Button variant="ghost" size="sm" onClick={() => download(codes)}>
          <Download aria-hidden className="size-3.5" />
          Download
        </Button>
        <Button variant="primary" className="ml-auto" onClick={onStored}>
          I have stored them
        </Button>
      </div>
    </div>
  );
}
