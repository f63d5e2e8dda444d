import type { Metadata } from 'next';
import { PublicCheck } from './client.tsx';

export const metadata: Metadata = {
  title: 'Check an MCP server',
  description: 'Paste the address of an MCP server: which layer fails, why, which clients are hit, and the line that mends it.',
};

export default function CheckPage() {
  return (
    <div className="flex flex-col gap-6">
      <div>
        <h1 className="text-balance font-semibold text-2xl tracking-tight">Check an MCP server</h1>
        <p className="mt-1 text-balance text-muted">
          Rollcall calls it as clients do and says what fails, why, who is hit and what mends it. Public addresses only; no account is
          needed.
        </p>
      </div>
      <PublicCheck />
    </div>
  );
}
