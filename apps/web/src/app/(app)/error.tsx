'use client';
export { PageFailure as default } from '#web/components/states.tsx';
