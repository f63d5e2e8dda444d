// Loaded into the process that `npm run soak` watches (--import): on the message {type: 'memory'} it collects all garbage and answers with what is left.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose_gc');
const collect = runInNewContext('gc');
process.on('message', (message) => {
  if (message?.type !== 'memory') return;
  collect();
  process.send?.({ type: 'memory', ...process.memoryUsage() });
});
// Being asked now and then keeps nobody alive.
process.channel?.unref();
