import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOSTILE } from '../test/events.ts';
import { bound, boundBytes, clean, cleanBlock, escapeHtml, escapeMarkdown, escapeSlack } from './text.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: what must not survive
const FORBIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]|[\u{e0000}-\u{e0fff}]/u;

/** No lone surrogate (String.prototype.isWellFormed is newer than our library setting). */
const isWellFormed = (text: string) => Buffer.from(text, 'utf8').toString('utf8') === text;

describe('clean', () => {
  it('leaves no control, bidirectional, zero-width or tag character and no line break', () => {
    const text = clean(HOSTILE, 10_000);
    expect(text).not.toMatch(FORBIDDEN);
    expect(text).not.toMatch(/[\r\n\t]/);
    expect(text).toContain('gnp.exe');
  });

  it('is bounded, well formed and stable for every string', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 50 }), (text, max) => {
        for (const result of [clean(text, max), cleanBlock(text, max)]) {
          expect(result.length).toBeLessThanOrEqual(max);
          expect(result).not.toMatch(FORBIDDEN);
          expect(isWellFormed(result)).toBe(true);
        }
      }),
    );
  });

  it('keeps the lines of a snippet', () => {
    expect(cleanBlock('a\r\nb\tc\u202e', 100)).toBe('a\nb\tc');
  });
});

describe('bounds', () => {
  it('never cut a character in half', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 4, max: 40 }), (text, max) => {
        expect(isWellFormed(bound(text, max))).toBe(true);
        const bytes = boundBytes(text, max);
        expect(isWellFormed(bytes)).toBe(true);
        expect(Buffer.byteLength(bytes)).toBeLessThanOrEqual(max);
      }),
    );
  });
});

describe('escapes', () => {
  it('HTML: no tag, attribute or entity can begin', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(escapeHtml(text)).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|#39);)/);
      }),
    );
  });
  it('Slack: no angle bracket is left, so no mention and no link', () => {
    expect(escapeSlack('<!channel> & <https://evil.example|x>')).toBe('&lt;!channel&gt; &amp; &lt;https://evil.example|x&gt;');
  });
  it('Markdown: every character that can start markup is preceded by a backslash', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(escapeMarkdown(text).replace(/\\[\s\S]/g, '')).not.toMatch(/[`*_{}[\]()<>#|~@]/);
      }),
    );
  });
});
