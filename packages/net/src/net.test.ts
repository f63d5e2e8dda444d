import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { checkTargetUrl, guardedRequest, isPublicAddress, NetError } from './index.ts';

const servers: (Server | TcpServer)[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    if ('closeAllConnections' in server) server.closeAllConnections();
  }
});

async function serve(handler: RequestListener): Promise<string> {
  const server = createServer(handler);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const get = (url: string, more: Partial<Parameters<typeof guardedRequest>[0]> = {}) =>
  guardedRequest({ url, method: 'GET', headers: {}, timeoutMs: 3000, maxBytes: 64 * 1024, policy: { allowPrivate: true }, ...more });

describe('which addresses are public', () => {
  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.1',
    '192.168.1.1',
    '198.18.0.1',
    '203.0.113.9',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '64:ff9b::7f00:1',
    '100::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'ff02::1',
    'not an address',
    '',
  ])('%s is not', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
  it.each(['1.1.1.1', '8.8.8.8', '93.184.215.14', '172.32.0.1', '2606:4700:4700::1111', '2a00:1450:4001:81b::200e'])('%s is', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});

describe('which URLs may be called', () => {
  it.each([
    'http://127.1/',
    'http://0x7f.1/',
    'http://2130706433/',
    'http://017700000001/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://169.254.169.254/latest/meta-data',
    'http://localhost/',
    'http://localhost./',
    'http://LOCALHOST:8080/',
    'https://10.0.0.1/mcp',
    'http://[fe80::1]/',
  ])('%s is refused when only public addresses are allowed', async (url) => {
    await expect(checkTargetUrl(url, { allowPrivate: false })).rejects.toMatchObject({ phase: 'policy' });
  });

  it('a name is refused when any of its addresses is private', async () => {
    const resolve = async () => [
      { address: '93.184.215.14', family: 4 as const },
      { address: '10.0.0.7', family: 4 as const },
    ];
    await expect(checkTargetUrl('https://half.example.com/', { allowPrivate: false }, resolve as never)).rejects.toMatchObject({
      phase: 'policy',
      code: 'address_blocked',
    });
  });

  it.each(['ftp://example.com/', 'file:///etc/passwd', 'gopher://x/', 'not a url', 'http://'])(
    '%s is refused whatever is allowed',
    async (url) => {
      await expect(checkTargetUrl(url, { allowPrivate: true })).rejects.toBeInstanceOf(NetError);
    },
  );
});

describe('a guarded request', () => {
  it('does not follow a redirect', async () => {
    const url = await serve((_request, response) => response.writeHead(302, { location: '/elsewhere' }).end());
    expect(await get(url)).toMatchObject({ status: 302, headers: { location: '/elsewhere' } });
  });

  it('opens no connection to a private address that is not allowed', async () => {
    let hits = 0;
    const url = await serve((_request, response) => {
      hits += 1;
      response.end();
    });
    await expect(get(url, { policy: { allowPrivate: false } })).rejects.toMatchObject({ phase: 'policy' });
    expect(hits).toBe(0);
  });

  it('cuts a body without end at its bound', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200);
      const write = (): void => {
        while (!response.destroyed && response.write('x'.repeat(16_384)));
        response.once('drain', write);
      };
      write();
    });
    const answer = await get(url);
    expect(answer.truncated).toBe(true);
    expect(answer.body.length).toBeLessThanOrEqual(64 * 1024);
  });

  it('is not blown up by a compression bomb', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    const url = await serve((_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb));
    const answer = await get(url).catch((error: unknown) => error);
    if (answer instanceof Error) expect(answer).toBeInstanceOf(NetError);
    else expect((answer as { body: Buffer }).body.length).toBeLessThanOrEqual(64 * 1024);
  });

  it('ends by its own clock when headers never end or never come', async () => {
    const server = createTcpServer((socket) => {
      socket.on('error', () => undefined);
      socket.write('HTTP/1.1 200 OK\r\n');
      const timer = setInterval(() => socket.write('x-more: 1\r\n'), 20);
      socket.on('close', () => clearInterval(timer));
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const since = Date.now();
    await expect(get(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, { timeoutMs: 1000 })).rejects.toBeInstanceOf(NetError);
    expect(Date.now() - since).toBeLessThan(8000);
  });

  it.each([
    ['another protocol', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['another version', 'HTTP/2 200\r\n\r\n'],
    ['a status below 100, as nginx makes of an answer without headers', 'HTTP/1.1 009 \r\nContent-Length: 0\r\n\r\n'],
    ['a malformed header', 'HTTP/1.1 200 OK\r\nno colon\r\n\r\n'],
  ])('names an answer that is not HTTP: %s', async (_what, answer) => {
    const server = createTcpServer((socket) => socket.on('error', () => {}).once('data', () => socket.end(answer)));
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    await expect(get(url)).rejects.toMatchObject({ phase: 'http', code: 'not_http' });
  });

  it('keeps the head of what came instead of HTTP', async () => {
    const server = createTcpServer((socket) =>
      socket.on('error', () => {}).once('data', () => socket.end(`SSH-2.0-OpenSSH_9.6\r\n${'x'.repeat(999)}`)),
    );
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const error = await get(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`).catch((caught: unknown) => caught as NetError);
    expect(error).toMatchObject({ unparsed: expect.stringMatching(/^SSH-2\.0-OpenSSH_9\.6\r\nx{1,200}$/) });
  });

  it('names the phase in which it failed', async () => {
    const url = await serve((_request, response) => response.end());
    const closed = servers.pop();
    await new Promise((resolve) => closed?.close(resolve));
    await expect(get(url)).rejects.toMatchObject({ phase: 'tcp', code: 'ECONNREFUSED' });
    await expect(get('http://no-such-host.invalid/')).rejects.toMatchObject({ phase: 'dns' });
  });
});
