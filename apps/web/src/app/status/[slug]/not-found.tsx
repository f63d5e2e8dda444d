export default function NotFound() {
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col justify-center px-6">
      <h1 className="font-semibold text-xl">There is no such status page</h1>
      <p className="mt-2 text-muted">The address is mistyped, or the page is not, or no longer, published.</p>
    </main>
  );
}
