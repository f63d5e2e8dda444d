import { isIP } from 'node:net';
import { ERA_SETTINGS, TRANSPORT_SETTINGS } from '@rollcall/core';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { runCheck } from './check/run-check.ts';
import { EXIT_UNKNOWN } from './exit-codes.ts';
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
  return program;
}

try {
  await build().parseAsync();
} catch (error) {
  const helped =
    error instanceof CommanderError &&
    (error.code === 'commander.helpDisplayed' || error.code === 'commander.help' || error.code === 'commander.version');
  if (!(error instanceof CommanderError)) process.stderr.write(`rollcall: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = helped && process.argv.length > 2 ? 0 : EXIT_UNKNOWN;
}
