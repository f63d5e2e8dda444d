/** @jsxRuntime automatic */
/** @jsxImportSource react */
import { Body, Button, Container, Head, Heading, Hr, Html, Link, Preview, Section, Text } from '@react-email/components';
import type { CSSProperties } from 'react';
import type { Message, Tone } from '../../message.ts';

/** Dark enough for white text and for text on white (contrast above 4.5 : 1); the word beside it says the same. */
const TONES: Record<Tone, { color: string; word: string }> = {
  down: { color: '#b42318', word: 'Down' },
  degraded: { color: '#93590a', word: 'Attention' },
  recovered: { color: '#067647', word: 'Recovered' },
  info: { color: '#344054', word: 'Notice' },
};

const FONT = '-apple-system, BlinkMacSystemFont, "Segoe UI", Helvetica, Arial, sans-serif';
const MONO = 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace';
const styles = {
  body: { backgroundColor: '#f5f6f8', fontFamily: FONT, margin: 0, padding: '24px 0' },
  card: { backgroundColor: '#ffffff', border: '1px solid #e4e7ec', borderRadius: '8px', maxWidth: '600px', padding: '24px' },
  title: { color: '#101828', fontSize: '20px', lineHeight: '28px', margin: '8px 0 12px', overflowWrap: 'anywhere' },
  text: { color: '#344054', fontSize: '15px', lineHeight: '22px', margin: '0 0 12px', overflowWrap: 'anywhere' },
  label: { color: '#475467', fontSize: '13px', padding: '4px 12px 4px 0', verticalAlign: 'top', whiteSpace: 'nowrap', width: '1%' },
  value: { color: '#101828', fontSize: '14px', padding: '4px 0', overflowWrap: 'anywhere', wordBreak: 'break-word' },
  snippet: {
    backgroundColor: '#f2f4f7',
    borderRadius: '6px',
    color: '#101828',
    fontFamily: MONO,
    fontSize: '13px',
    lineHeight: '19px',
    margin: '0 0 12px',
    overflowWrap: 'anywhere',
    padding: '12px',
    whiteSpace: 'pre-wrap',
  },
  footer: { color: '#475467', fontSize: '12px', lineHeight: '18px', margin: 0 },
} satisfies Record<string, CSSProperties>;

/** Why somebody gets the mail, and the link that ends it. */
export interface Footer {
  readonly text: string;
  readonly link: string;
  readonly url: string;
  /** Whether a POST to the link ends it without a question (RFC 8058). */
  readonly oneClick: boolean;
}

export interface AlertMailProps {
  readonly message: Message;
  readonly footer: Footer;
  /** BCP 47. */
  readonly language: string;
}

/** React escapes every text, which is what keeps a hostile server's words words. */
export function AlertMail({ message, footer, language }: AlertMailProps) {
  const tone = TONES[message.tone];
  const [primary, ...others] = message.links;
  return (
    <Html lang={language}>
      <Head />
      <Preview>{message.summary}</Preview>
      <Body style={styles.body}>
        <Container style={styles.card}>
          <Text style={{ color: tone.color, fontSize: '13px', fontWeight: 700, margin: 0 }}>{tone.word}</Text>
          <Heading as="h1" style={styles.title}>
            {message.title}
          </Heading>
          <Text style={styles.text}>{message.summary}</Text>
          <table role="presentation" cellPadding={0} cellSpacing={0} style={{ marginBottom: '12px', width: '100%' }}>
            <tbody>
              {message.facts.map((fact) => (
                <tr key={fact.label}>
                  <td style={styles.label}>{fact.label}</td>
                  <td style={styles.value}>{fact.text}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {message.fix === null ? null : (
            <Section>
              <Text style={styles.text}>
                <strong>First fix ({message.fix.for}):</strong> {message.fix.text}
              </Text>
              {message.fix.snippet === null ? null : <pre style={styles.snippet}>{message.fix.snippet}</pre>}
            </Section>
          )}
          {primary === undefined ? null : (
            <Button
              href={primary.url}
              style={{ backgroundColor: tone.color, borderRadius: '6px', color: '#ffffff', fontSize: '14px', padding: '10px 16px' }}
            >
              {primary.label}
            </Button>
          )}
          <Text style={{ ...styles.text, margin: '12px 0' }}>
            {others.map((link, index) => (
              <span key={link.url}>
                {index === 0 ? '' : ' · '}
                <Link href={link.url}>{link.label}</Link>
              </span>
            ))}
          </Text>
          <Hr />
          <Text style={styles.footer}>
            {footer.text} <Link href={footer.url}>{footer.link}</Link>
          </Text>
        </Container>
      </Body>
    </Html>
  );
}
