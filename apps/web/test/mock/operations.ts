import type { Answer, Call } from './answers.ts';
import { answerStatusPages } from './status-pages.ts';

/** The operations side of the API: status pages. Null: somebody else's resource. */
export function createOperations(): (call: Call) => Answer | null {
  const statusPages = answerStatusPages();
  return (call) => {
    const [resource, ...rest] = call.path.split('/').filter(Boolean);
    if (resource === 'status-pages') return statusPages(call, rest);
    return null;
  };
}
