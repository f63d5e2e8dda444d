import type { CatalogueEntry } from '../types.ts';

const base = { confidence: 'certain', evidence: [], fixes: [], references: [], affected: '' } as const;

export const entries = {} as const satisfies Record<string, CatalogueEntry>;
