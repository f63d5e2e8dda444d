import { Callout, type Tone } from '@rollcall/ui';

const NOTICES: Record<string, { tone: Tone; title: string; text: string }> = {
  confirmation_sent: {
    tone: 'maintenance',
    title: 'One more step',
    text: 'We have sent a message with a link. Nothing else is sent before it is confirmed. Somebody who has subscribed already gets no second one.',
  },
  confirmed: { tone: 'up', title: 'You are subscribed', text: 'From now on you are told what happens here.' },
  unsubscribed: { tone: 'up', title: 'You are unsubscribed', text: 'Nothing more is sent, and the address is forgotten.' },
  unknown_link: { tone: 'degraded', title: 'This link is no longer good', text: 'It belongs to no subscription. Subscribe again below.' },
  refused: { tone: 'down', title: 'This address cannot be subscribed', text: 'Check it and try again.' },
};

/** What came of the form that led here. */
export function Notice({ done }: { done: string | string[] | undefined }) {
  const notice = typeof done === 'string' && Object.hasOwn(NOTICES, done) ? NOTICES[done] : undefined;
  if (notice === undefined) return null;
  return (
    <div role="status">
      <Callout tone={notice.tone} title={notice.title}>
        {notice.text}
      </Callout>
    </div>
  );
}
