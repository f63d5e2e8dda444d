import type { LiveEvent } from '@rollcall/contracts';

/** Whether what is at this path of the API is about one of them, or a list that may hold it. */
function under(path: string, collection: string, id: string | null): boolean {
  if (path !== collection && !path.startsWith(`${collection}/`) && !path.startsWith(`${collection}?`)) return false;
  const named = path.slice(collection.length + 1).split(/[/?]/, 1)[0] ?? '';
  return id === null || path[collection.length] !== '/' || named === id || !/^[a-z]+_/.test(named);
}

/** Whether the answer at this path of the API may be another since the event. Rather once too often than not at all. Pure. */
export function touches({ type, id }: LiveEvent, path: string): boolean {
  switch (type) {
    case 'reset':
      return true;
    case 'endpoint.probed':
      return path === '/overview' || (under(path, '/endpoints', id) && !path.includes('/client-configs') && !path.includes('/tool'));
    case 'endpoint.state':
    case 'endpoint':
      return path === '/overview' || under(path, '/endpoints', id);
    case 'tools':
      return path === '/overview' || (under(path, '/endpoints', id) && (path.includes('/tool') || !path.slice(11).includes('/')));
    case 'incident':
      return path === '/overview' || under(path, '/incidents', id);
    case 'delivery':
      return path.startsWith('/deliveries') || path.startsWith('/notices');
    case 'channel':
      return under(path, '/channels', id);
    case 'maintenance':
      return under(path, '/maintenance-windows', id);
    case 'status_page':
      return under(path, '/status-pages', id);
    case 'organization':
      return path.startsWith('/organization') || path === '/me';
    case 'member':
      return path.startsWith('/members') || path.startsWith('/account');
    case 'api_key':
      return path.startsWith('/api-keys');
    default:
      // Of a newer server.
      return false;
  }
}
