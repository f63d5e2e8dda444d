import { Button, CodeBlock } from '@rollcall/ui';

/** The key, the one time that anybody sees it. */
export function KeyOnce({ secret, onStored }: { secret: string; onStored: () => void }) {
  return (
    <div className="flex flex-col gap-4">
      <p className="text-sm">It is shown this one time; only its hash is stored.</p>
      <CodeBlock wrap label="API key" code={secret} />
      <Button variant="primary" onClick={onStored}>
        I have stored it
      </Button>
    </div>
  );
}
