import type { Exchange, ExchangeFailure, Purpose, StreamFacts } from '../observation.ts';
import type { Redactor } from './redactor.ts';

export const KEPT_BODY_CHARS = 4096;
const MAX_EXCHANGES = 150;
const MAX_HEADERS = 60;
const MAX_HEADER_CHARS = 1024;

export interface ExchangeDraft {
  readonly n: number;
  readonly purpose: Purpose;
  readonly note: string | null;
  readonly method: string;
  readonly url: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  requestBody: string | null;
  readonly startedMs: number;
  status: number | null;
  responseHeaders: Readonly<Record<string, string>>;
  /** Raw decoded text, bounded by the caller to the kept part and the redactor's margin. */
  bodyText: string;
  bodySha256: string | null;
  rawBytes: number;
  decodedBytes: number;
  bodyTruncated: boolean;
  address: string | null;
  family: 4 | 6 | null;
  reused: boolean;
  timings: Exchange['timings'];
  failure: ExchangeFailure | null;
  stream: StreamFacts | null;
}

/** Keeps the exchanges of one probe in memory as they were; `finish` redacts them with every secret known by then. */
export class Recorder {
  #drafts: ExchangeDraft[] = [];

  begin(start: Pick<ExchangeDraft, 'purpose' | 'note' | 'method' | 'url' | 'requestHeaders' | 'requestBody' | 'startedMs'>): ExchangeDraft {
    const draft: ExchangeDraft = {
      n: this.#drafts.length + 1,
      purpose: start.purpose,
      note: start.note,
      method: start.method,
      url: start.url,
      requestHeaders: start.requestHeaders,
      requestBody: start.requestBody,
      startedMs: start.startedMs,
      status: null,
      responseHeaders: {},
      bodyText: '',
      bodySha256: null,
      rawBytes: 0,
      decodedBytes: 0,
      bodyTruncated: false,
      address: null,
      family: null,
      reused: false,
      timings: { dnsMs: 0, tcpMs: 0, tlsMs: 0, ttfbMs: 0, totalMs: 0 },
      failure: null,
      stream: null,
    };
    this.#drafts.push(draft);
    return draft;
  }

  /** An exchange as it was, unredacted. */
  get(n: number): Readonly<ExchangeDraft> | undefined {
    return this.#drafts[n - 1];
  }

  some(test: (draft: Readonly<ExchangeDraft>) => boolean): boolean {
    return this.#drafts.some(test);
  }

  /** The phase in which an exchange failed, if it did. */
  failedIn(n: number): ExchangeFailure['phase'] | null {
    return this.#drafts[n - 1]?.failure?.phase ?? null;
  }

  /** A connection to the server stood. */
  reached(n: number): boolean {
    return this.#drafts[n - 1]?.address != null;
  }

  finish(redactor: Redactor): Exchange[] {
    const kept = this.#drafts.length > MAX_EXCHANGES ? this.#drafts.slice(0, MAX_EXCHANGES) : this.#drafts;
    return kept.map((draft) => ({
      n: draft.n,
      purpose: draft.purpose,
      note: draft.note,
      method: draft.method,
      url: redactor.url(draft.url),
      requestHeaders: redactor.headers(draft.requestHeaders),
      requestBody: draft.requestBody === null ? null : redactor.head(draft.requestBody, KEPT_BODY_CHARS),
      startedMs: draft.startedMs,
      status: draft.status,
      responseHeaders: bounded(redactor.headers(draft.responseHeaders)),
      body: draft.bodyText === '' ? null : redactor.head(draft.bodyText, KEPT_BODY_CHARS),
      bodySha256: draft.bodySha256,
      rawBytes: draft.rawBytes,
      decodedBytes: draft.decodedBytes,
      bodyTruncated: draft.bodyTruncated,
      address: draft.address,
      family: draft.family,
      reused: draft.reused,
      timings: draft.timings,
      failure: draft.failure,
      stream: draft.stream,
    }));
  }
}

function bounded(headers: Record<string, string>): Record<string, string> {
  const names = Object.keys(headers);
  if (names.length <= MAX_HEADERS && names.every((name) => name.length <= 128 && (headers[name] ?? '').length <= MAX_HEADER_CHARS)) {
    return headers;
  }
  return Object.fromEntries(
    Object.entries(headers)
      .slice(0, MAX_HEADERS)
      .map(([name, value]) => [name.slice(0, 128), value.length > MAX_HEADER_CHARS ? `${value.slice(0, MAX_HEADER_CHARS)}…` : value]),
  );
}
