import { isIP } from 'node:net';
import { CLIENT_CONFIG_FORMATS } from '@rollcall/contracts/client-config';
import { ERA_SETTINGS, TRANSPORT_SETTINGS } from '@rollcall/core';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { runCheck } from './check/run-check.ts';
import { applyFile } from './config/apply.ts';
import { exportFile } from './config/export.ts';
import { EXIT_UNKNOWN } from './exit-codes.ts';
import { importFile } from './import/import.ts';
import { sentenceOf } from './server/call.ts';
import { listEndpoints, showStatus } from './server/commands.ts';

function seconds(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value < 1 || value > 600) throw new InvalidArgumentError('must be between 1 and 600 seconds.');
  return value;
}

/** `-H 'Name: value'`, repeatable. */
function header(text: string, former: Record<string, string>): Record<string, string> {
  const match = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):\s*(.*)$/.exec(text);
  if (!match?.[1]) throw new InvalidArgumentError("must look like 'Name: value'.");
  return { ...former, [match[1]]: match[2] ?? '' };
}

/** `--resolve HOST:ADDRESS`, repeatable; several addresses of one host are tried in their order. */
function resolution(text: string, former: Record<string, string[]>): Record<string, string[]> {
  const [, host = '', bracketed, plain] = /^([^:]+):(?:\[([^\]]+)\]|(.+))$/.exec(text) ?? [];
  const address = bracketed ?? plain ?? '';
  if (host === '' || isIP(address) === 0) throw new InvalidArgumentError('must look like HOST:ADDRESS with an IP address.');
  return { ...former, [host.toLowerCase()]: [...(former[host.toLowerCase()] ?? []), address] };
}

function build(): Command {
  const program = new Command('rollcall').description('Uptime monitoring for MCP servers.').exitOverride().showHelpAfterError();
  program
    .command('check')
    .description('Check one MCP endpoint now. Exit code: 0 up or gated, 1 degraded, 2 down, 3 unknown or usage error.')
    .argument('<url>', 'address of the MCP endpoint')
    .addOption(new Option('--transport <transport>', 'which transport to speak').choices([...TRANSPORT_SETTINGS]).default('auto'))
    .addOption(new Option('--era <era>', 'which protocol era to speak').choices([...ERA_SETTINGS]).default('auto'))
    .option('-H, --header <header>', "send a header, 'Name: value' (repeatable)", header, {})
    .option('--bearer <token>', 'send Authorization: Bearer TOKEN')
    .option('--oauth-client-id <id>', 'OAuth client credentials: client id')
    .option('--oauth-client-secret <secret>', 'OAuth client credentials: client secret')
    .option('--oauth-scope <scope>', 'OAuth client credentials: scope')
    .option('--oauth-issuer <url>', 'OAuth client credentials: send the secret to this authorization server and no other')
    .option('--timeout <seconds>', 'deadline of the whole probe', seconds, 30)
    .option('--deep', 'run the deep checks, too', false)
    .option('--resolve <host:address>', 'use this address for the host instead of asking DNS (repeatable)', resolution, {})
    .option('--public-only', 'refuse private addresses', false)
    .option('--json', 'print the report as JSON and nothing else', false)
    .option('--transcript', 'print every exchange', false)
    .action(async (url, options) => {
      process.exitCode = await runCheck(url, options);
    });
  program
    .command('endpoints')
    .description('List the endpoints of a server (ROLLCALL_URL, ROLLCALL_API_KEY).')
    .option('--json', 'print JSON', false)
    .action(async (options) => {
      process.exitCode = await listEndpoints(process.env, options);
    });
  program
    .command('status')
    .description('Say how everything is on a server (ROLLCALL_URL, ROLLCALL_API_KEY). Exit code as of check, by the worst status.')
    .option('--json', 'print JSON', false)
    .action(async (options) => {
      process.exitCode = await showStatus(process.env, options);
    });
  program
    .command('apply')
    .description('Make what a declarative file says (ROLLCALL_URL, ROLLCALL_API_KEY). Exit code: 0 done, 3 error.')
    .argument('<file>', 'rollcall.yaml, or the same as JSON')
    .option('--dry-run', 'only print what would be done', false)
    .option('--prune', 'delete what came from a file of this name and is not in it any more', false)
    .option('--adopt', 'take over what was made by hand or by a file of another name', false)
    .option('--keep-secrets', 'keep the stored value where a variable is not set', false)
    .option('--json', 'print JSON', false)
    .action(async (file, options) => {
      process.exitCode = await applyFile(file, process.env, options);
    });
  program
    .command('export')
    .description('Print what a server has as a file for apply; secrets are variables (ROLLCALL_URL, ROLLCALL_API_KEY).')
    .option('--name <name>', 'only what came from the file of that name')
    .option('--json', 'print JSON instead of YAML', false)
    .action(async (options) => {
      process.exitCode = await exportFile(process.env, options);
    });
  program
    .command('import')
    .description("Register the servers of a client's configuration file or of server.json (ROLLCALL_URL, ROLLCALL_API_KEY).")
    .argument('<file>', '.mcp.json, ~/.claude.json, mcp.json of an editor, server.json …')
    .addOption(new Option('--format <format>', 'whose file it is').choices(['auto', ...CLIENT_CONFIG_FORMATS]).default('auto'))
    .option('--lint', 'only say what clients refuse in it; needs no server. Exit code: 0 clean, 1 warnings, 2 errors, 3 unreadable', false)
    .option('--dry-run', 'only print what would be registered', false)
    .option('--tag <tag>', 'put a tag on what is registered (repeatable)', (tag: string, former: string[]) => [...former, tag], [])
    .option('--json', 'print JSON', false)
    .action(async (file, options) => {
      process.exitCode = await importFile(file, process.env, options);
    });
  return program;
}

try {
  await build().parseAsync();
} catch (error) {
  const helped =
    error instanceof CommanderError &&
    (error.code === 'commander.helpDisplayed' || error.code === 'commander.help' || error.code === 'commander.version');
  if (!(error instanceof CommanderError)) process.stderr.write(`rollcall: ${sentenceOf(error)}\n`);
  process.exitCode = helped && process.argv.length > 2 ? 0 : EXIT_UNKNOWN;
}
