import { Button, Card, Empty } from '@rollcall/ui';
import { SearchX } from 'lucide-react';
import Link from 'next/link';

export default function NotFound() {
  return (
    <Card>
      <h1 className="sr-only">Not found</h1>
      <Empty
        icon={<SearchX aria-hidden className="size-5" />}
        title="There is nothing at this address"
        action={
          <Button asChild>
            <Link href="/">Go to the overview</Link>
          </Button>
        }
      >
        It may have been deleted, or it belongs to another organization.
      </Empty>
    </Card>
  );
}
