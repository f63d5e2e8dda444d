import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface CertificateOptions {
  /** DNS names or IP addresses. */
  readonly names: readonly string[];
  /** Days from now; negative: in the past. Defaults: yesterday and in 90 days. */
  readonly fromDays?: number;
  readonly untilDays?: number;
  /** Signed by itself instead of by the authority. */
  readonly selfSigned?: boolean;
  /** Signed by an intermediate of the authority: `cert` is then the leaf alone and `fullchain` leaf and intermediate. */
  readonly intermediate?: boolean;
  /** Where the issuer's certificate can be fetched (AIA caIssuers). */
  readonly issuerUrl?: string;
}

export interface Certificate {
  /** PEM and the files that hold them. */
  readonly key: string;
  readonly cert: string;
  readonly fullchain: string;
  readonly keyFile: string;
  readonly certFile: string;
  readonly fullchainFile: string;
  /** The issuing certificate in DER, as an AIA address serves it. */
  readonly issuerDer: Buffer;
}

/** A throw-away certificate authority, made with openssl in a folder that goes away with its bench. */
export class CertificateAuthority {
  #folder: string;
  #root: Promise<{ key: string; cert: string }> | undefined;
  #intermediate: Promise<{ key: string; cert: string }> | undefined;
  #count = 0;

  constructor(folder: string) {
    this.#folder = join(folder, 'ca');
    mkdirSync(this.#folder, { recursive: true });
  }

  /** The root certificate, PEM: what a client trusts (`extraCa`). */
  async root(): Promise<string> {
    return readFileSync((await this.#rootFiles()).cert, 'utf8');
  }

  /** The file that holds it. */
  async rootFile(): Promise<string> {
    return (await this.#rootFiles()).cert;
  }

  async issue(options: CertificateOptions): Promise<Certificate> {
    this.#count += 1;
    const base = join(this.#folder, `leaf-${this.#count}`);
    const issuer =
      options.selfSigned === true ? null : options.intermediate === true ? await this.#intermediateFiles() : await this.#rootFiles();
    const san = options.names.map((name) => (/^[\d.]+$|:/.test(name) ? `IP:${name}` : `DNS:${name}`)).join(',');
    const extensions = [`subjectAltName=${san}`, 'basicConstraints=critical,CA:FALSE', 'extendedKeyUsage=serverAuth'];
    if (options.issuerUrl !== undefined) extensions.push(`authorityInfoAccess=caIssuers;URI:${options.issuerUrl}`);
    await this.#sign(base, `/CN=${options.names[0]}`, extensions, issuer, options.fromDays ?? -1, options.untilDays ?? 90);
    const cert = readFileSync(`${base}.crt`, 'utf8');
    const chain = options.intermediate === true && issuer !== null ? readFileSync(issuer.cert, 'utf8') : '';
    writeFileSync(`${base}.fullchain.crt`, cert + chain);
    const { stdout } = await run('openssl', ['x509', '-in', issuer?.cert ?? `${base}.crt`, '-outform', 'DER'], { encoding: 'buffer' });
    return {
      key: readFileSync(`${base}.key`, 'utf8'),
      cert,
      fullchain: cert + chain,
      keyFile: `${base}.key`,
      certFile: `${base}.crt`,
      fullchainFile: `${base}.fullchain.crt`,
      issuerDer: stdout,
    };
  }

  #rootFiles(): Promise<{ key: string; cert: string }> {
    this.#root ??= this.#makeCa('root', null);
    return this.#root;
  }

  #intermediateFiles(): Promise<{ key: string; cert: string }> {
    this.#intermediate ??= this.#rootFiles().then((root) => this.#makeCa('intermediate', root));
    return this.#intermediate;
  }

  async #makeCa(name: string, issuer: { key: string; cert: string } | null): Promise<{ key: string; cert: string }> {
    const base = join(this.#folder, name);
    const extensions = ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign,cRLSign'];
    await this.#sign(base, `/CN=Rollcall lab ${name}`, extensions, issuer, -400, 400);
    return { key: `${base}.key`, cert: `${base}.crt` };
  }

  async #sign(
    base: string,
    subject: string,
    extensions: readonly string[],
    issuer: { key: string; cert: string } | null,
    fromDays: number,
    untilDays: number,
  ): Promise<void> {
    await run('openssl', ['ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', `${base}.key`]);
    await run('openssl', ['req', '-new', '-key', `${base}.key`, '-subj', subject, '-out', `${base}.csr`]);
    writeFileSync(`${base}.ext`, `${extensions.join('\n')}\n`);
    // `openssl ca` is the only command of OpenSSL 3.0 that takes a start date.
    writeFileSync(`${base}.txt`, '');
    writeFileSync(`${base}.srl`, `0${randomBytes(8).toString('hex').slice(1)}\n`);
    writeFileSync(
      `${base}.cnf`,
      `[ca]\ndefault_ca=own\n[own]\ndatabase=${base}.txt\nserial=${base}.srl\nnew_certs_dir=${this.#folder}\ndefault_md=sha256\npolicy=any\nunique_subject=no\n[any]\ncommonName=supplied\n`,
    );
    const signer = issuer === null ? ['-selfsign', '-keyfile', `${base}.key`] : ['-cert', issuer.cert, '-keyfile', issuer.key];
    const dates = ['-startdate', stamp(fromDays), '-enddate', stamp(untilDays)];
    const files = ['-in', `${base}.csr`, '-out', `${base}.crt`, '-extfile', `${base}.ext`];
    await run('openssl', ['ca', '-batch', '-notext', '-config', `${base}.cnf`, ...signer, ...dates, ...files]);
  }
}

/** `YYYYMMDDHHMMSSZ`, that many days from now. */
function stamp(days: number): string {
  return `${new Date(Date.now() + days * 86_400_000)
    .toISOString()
    .replace(/\.\d+Z$/, '')
    .replace(/[-T:]/g, '')}Z`;
}
