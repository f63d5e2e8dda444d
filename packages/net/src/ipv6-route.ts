import { createSocket } from 'node:dgram';

/** RFC 3849 documentation address: never routed anywhere, covered by the same default route as every global address. */
const SOMEWHERE = '2001:db8::1';

/** Whether this machine has a route to the IPv6 address. Connecting a UDP socket asks the routing table and sends no packet. Never rejects. */
export function hasIpv6Route(address: string = SOMEWHERE): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (routed: boolean): void => {
      try {
        socket.close();
      } catch {
        // Already closed by its own failure.
      }
      resolve(routed);
    };
    const socket = createSocket('udp6');
    socket.once('error', () => settle(false));
    socket.once('connect', () => settle(true));
    socket.connect(9, address);
  });
}
