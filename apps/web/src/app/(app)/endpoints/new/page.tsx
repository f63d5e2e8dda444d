import type { Metadata } from 'next';
import { PageHeader } from '#web/components/page-header.tsx';
import { NewEndpoint } from './client.tsx';

export const metadata: Metadata = { title: 'Add an endpoint' };

export default function NewEndpointPage() {
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader
        title="Add an endpoint"
        lead="Paste the URL that you give to MCP clients. Rollcall checks it the way they do, step by step."
      />
      <NewEndpoint />
    </div>
  );
}
