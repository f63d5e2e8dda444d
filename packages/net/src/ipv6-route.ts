import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';

/** RFC 3849 documentation address: never routed anywhere, covered by the same default route as every global address. */
const SOMEWHERE = '2001:db8::1';

/** Whether this machine has a route to IPv6 at all, or to this address of it. */
export function hasIpv6Route(address: string = SOMEWHERE): Promise<boolean> {
  return hasRoute(address);
}

/** Whether this machine has a route to the address. Connecting a UDP socket asks the routing table and sends no packet. Never rejects. */
export function hasRoute(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (routed: boolean): void => {
      try {
        socket.close();
      } catch {
        // Already closed by its own failure.
      }
      resolve(routed);
    };
    const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
    socket.once('error', () => settle(false));
    socket.once('connect', () => settle(true));
    socket.connect(9, address);
  });
}
