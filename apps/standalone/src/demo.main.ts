import { createDemoServer } from './demo/servers.ts';

/** The demonstration servers as a process: PORT says where on 127.0.0.1; ends with its parent. */
const server = createDemoServer();
server.listen(Number(process.env['PORT']), '127.0.0.1', () => process.send?.({ type: 'ready' }));
const end = () => process.exit(0);
process.on('SIGTERM', end);
process.on('disconnect', end);
