import type { Answer, Call } from './answers.ts';
import { answerChannels } from './channels.ts';
import { answerMaintenance } from './maintenance.ts';
import { answerStatusPages } from './status-pages.ts';

/** The operations side of the API: channels and what they send, maintenance, status pages. Null: somebody else's resource. */
export function createOperations(): (call: Call) => Answer | null {
  const resources: Record<string, (call: Call, rest: string[]) => Answer> = {
    ...answerChannels(),
    'maintenance-windows': answerMaintenance(),
    'status-pages': answerStatusPages(),
  };
  return (call) => {
    const [resource = '', ...rest] = call.path.split('/').filter(Boolean);
    return resources[resource]?.(call, rest) ?? null;
  };
}
