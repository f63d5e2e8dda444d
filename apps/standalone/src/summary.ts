import type { Config } from '@rollcall/config';

export interface Credentials {
  readonly email: string;
  readonly password: string;
  readonly apiKey: string;
}

/** What stands on the terminal once everything runs: where to go, how to sign in, what is not set up. */
export function summaryLines(config: Config, credentials: Credentials | null, mailDir: string): string[] {
  const lines = ['', `  Rollcall is up:  ${config.publicUrl}`, ''];
  if (credentials) {
    lines.push(
      `  Sign in          ${credentials.email}`,
      `  Password         ${credentials.password}`,
      `  API key          ${credentials.apiKey}`,
    );
  } else {
    lines.push('  Sign in with the owner account made at the first start.');
  }
  lines.push(
    `  API              ${config.publicUrl}/api/docs`,
    `  MCP server       ${config.publicUrl}/mcp`,
    `  Data             ${config.dataDir}`,
  );
  if (!config.smtpUrl) lines.push('', `  ! No SMTP_URL: e-mails are not sent but written to ${mailDir}`);
  lines.push('', '  Ctrl-C stops everything; the next npm start resumes.', '');
  return lines;
}
