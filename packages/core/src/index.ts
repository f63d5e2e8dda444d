export * from './app-error.ts';
export * from './assert-never.ts';
export * from './terms.ts';
