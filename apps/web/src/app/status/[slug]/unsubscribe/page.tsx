import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { SubscriptionForm } from '#web/components/status/plain-form.tsx';

export const metadata: Metadata = { title: { absolute: 'Unsubscribe' }, robots: { index: false }, referrer: 'no-referrer' };

export default async function UnsubscribePage({
  params,
  searchParams,
}: {
  params: Promise<{ slug: string }>;
  searchParams: Promise<{ token?: string | string[] }>;
}) {
  const { slug } = await params;
  const { token } = await searchParams;
  if (typeof token !== 'string' || !/^[\w-]{1,200}$/.test(token)) notFound();
  return <SubscriptionForm slug={slug} token={token} verb="unsubscribe" />;
}
