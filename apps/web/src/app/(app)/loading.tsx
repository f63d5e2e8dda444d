import { PageSkeleton } from '#web/components/states.tsx';

export default function Loading() {
  return <PageSkeleton />;
}
