import { createServer } from 'node:net';

function tryListen(port: number, host: string): Promise<number | NodeJS.ErrnoException> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error));
    server.listen(port, host, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port));
    });
  });
}

/** A port of 127.0.0.1 that is free now; `preferred` when that one is. */
export async function freePort(preferred?: number): Promise<number> {
  if (preferred !== undefined && typeof (await tryListen(preferred, '127.0.0.1')) === 'number') return preferred;
  const port = await tryListen(0, '127.0.0.1');
  if (typeof port !== 'number') throw port;
  return port;
}

/**
 * Waits until the public port can be listened on: processes of a start that was killed need a moment to go.
 * @throws Error naming PORT or HOST when it stays taken or is not ours to open.
 */
export async function requirePort(port: number, host: string, waitMs: number): Promise<void> {
  const until = Date.now() + waitMs;
  for (;;) {
    const result = await tryListen(port, host);
    if (typeof result === 'number') return;
    if (result.code === 'EACCES') throw new Error(`PORT ${port}: this user may not listen there; choose one above 1023`);
    if (result.code === 'EADDRNOTAVAIL' || result.code === 'ENOTFOUND') throw new Error(`HOST ${host}: no address of this machine`);
    if (Date.now() > until) throw new Error(`PORT ${port} is in use by another program; set PORT to a free one (PORT=3100 npm start)`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
