import { type ClassValue, clsx } from 'clsx';
import { extendTailwindMerge } from 'tailwind-merge';

const merge = extendTailwindMerge({ extend: { theme: { text: ['2xs'], radius: ['card', 'control'], shadow: ['card', 'pop'] } } });

/** Class names, later ones winning over earlier ones of the same property. */
export function cn(...classes: ClassValue[]): string {
  return merge(clsx(classes));
}
