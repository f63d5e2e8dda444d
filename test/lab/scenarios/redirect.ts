import type { Scenario } from '../kit/types.ts';

/** Redirects: what becomes of a POST on its way. */
export const redirect: readonly Scenario[] = [
  {
    code: 'redirect.method_lost',
    variant: 'nginx',
    fault: async (bench) => {
      const app = await bench.mcp();
      const certificate = await bench.certificate({ names: ['mcp.example.com'] });
      const [plain, secure] = [bench.port(80), bench.port(443)];
      await bench.nginx(
        `server { listen ${bench.address}:${plain}; location / { return 301 https://$host:${secure}$request_uri; } }
         server { listen ${bench.address}:${secure} ssl; ssl_certificate ${certificate.fullchainFile}; ssl_certificate_key ${certificate.keyFile};
           location / { proxy_pass http://app; } }`,
        { upstream: `${app.host}:${app.port}`, ports: [plain, secure] },
      );
      return { url: `http://mcp.example.com:${plain}/mcp`, deps: { extraCa: [await bench.authority.root()] } };
    },
    twin: async (bench) => {
      const app = await bench.mcp();
      const certificate = await bench.certificate({ names: ['mcp.example.com'] });
      const [plain, secure] = [bench.port(80), bench.port(443)];
      const fix = bench.fix('redirect.method_lost', 'nginx', secure === 443 ? {} : { $host: `$host:${secure}` });
      await bench.nginx(
        `server { listen ${bench.address}:${plain}; location / { ${fix} } }
         server { listen ${bench.address}:${secure} ssl; ssl_certificate ${certificate.fullchainFile}; ssl_certificate_key ${certificate.keyFile};
           location / { proxy_pass http://app; } }`,
        { upstream: `${app.host}:${app.port}`, ports: [plain, secure] },
      );
      return { url: `http://mcp.example.com:${plain}/mcp`, deps: { extraCa: [await bench.authority.root()] } };
    },
  },
];
