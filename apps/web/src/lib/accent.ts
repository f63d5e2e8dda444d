/** WCAG 2.2, 1.4.3: text in the accent colour must be readable on every surface of both themes, whatever colour an owner chose. */
const MIN_CONTRAST = 4.5;
/** The surface of each theme on which the accent has the hardest time (packages/ui styles.css: --hover). */
const LIGHT_SURFACE = '#f1f1f4';
const DARK_SURFACE = '#1b1d23';
const STEP = 0.02;

type Rgb = readonly [number, number, number];

function parse(hex: string): Rgb {
  const number = Number.parseInt(hex.slice(1), 16);
  return [(number >> 16) & 255, (number >> 8) & 255, number & 255];
}

function print(rgb: Rgb): string {
  return `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;
}

/** WCAG relative luminance. */
function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

export function contrast(a: string, b: string): number {
  const [x, y] = [luminance(parse(a)), luminance(parse(b))];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

/** The nearest colour on the way to black or white that is readable on the surface. */
function readable(hex: string, surface: string, towards: 0 | 255): string {
  const from = parse(hex);
  for (let share = 0; share <= 1; share += STEP) {
    const mixed = print(from.map((part) => part + (towards - part) * share) as unknown as Rgb);
    if (contrast(mixed, surface) >= MIN_CONTRAST) return mixed;
  }
  return towards === 0 ? '#000000' : '#ffffff';
}

/** The owner's colour as it may be used on the light and on the dark theme. Pure. `hex` is #rrggbb. */
export function accentPair(hex: string): { light: string; dark: string } {
  return { light: readable(hex, LIGHT_SURFACE, 0), dark: readable(hex, DARK_SURFACE, 255) };
}
