import Link from 'next/link';

export default function NotFound() {
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col justify-center px-6">
      <h1 className="font-semibold text-xl">There is nothing at this address</h1>
      <p className="mt-2 text-muted">
        <Link href="/" className="text-accent underline underline-offset-2">
          Go to the overview
        </Link>
      </p>
    </main>
  );
}
