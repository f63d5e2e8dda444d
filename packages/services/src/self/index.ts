export * from './prober-reach.ts';
export * from './watch-self.ts';
