import type { Metadata } from 'next';
import { Logo } from '#web/components/logo.tsx';
import { safeNext } from '#web/lib/safe-next.ts';
import { SignInForm } from './client.tsx';

export const metadata: Metadata = { title: 'Sign in' };

export default async function SignInPage({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const { next } = await searchParams;
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-90 flex-col justify-center px-5 py-12">
      <div className="mb-7 flex flex-col gap-4">
        <Logo size={36} />
        <div>
          <h1 className="font-semibold text-xl tracking-tight">Sign in to Rollcall</h1>
          <p className="mt-1 text-muted text-sm">Know which MCP server stopped answering, why, and the line that mends it.</p>
        </div>
      </div>
      <SignInForm next={safeNext(typeof next === 'string' ? next : undefined)} />
      <a href="/reset-password" className="mt-5 text-muted text-sm underline-offset-4 hover:underline">
        Forgot the password?
      </a>
    </main>
  );
}
