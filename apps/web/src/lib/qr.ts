/**
 * QR codes (ISO/IEC 18004, model 2): byte mode, error correction M, versions 1 to 20, which hold 666 bytes. Made in the
 * browser, because what an authenticator app scans is a secret that no other place has to see.
 */
const MAX_VERSION = 20;
const ECC_PER_BLOCK = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26];
const BLOCKS = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16];
/** The two bits that stand for correction level M. */
const LEVEL = 0b00;

const at = <T>(list: ArrayLike<T>, index: number): T => list[index] as T;

/** Modules that carry data and correction, in bits (the rest are patterns). */
function rawBits(version: number): number {
  const alignments = version === 1 ? 0 : Math.floor(version / 7) + 2;
  const all = (16 * version + 128) * version + 64;
  const aligned = alignments === 0 ? 0 : (25 * alignments - 10) * alignments - 55;
  return all - aligned - (version >= 7 ? 36 : 0);
}

const codewords = (version: number) => Math.floor(rawBits(version) / 8);
const dataCodewords = (version: number) => codewords(version) - at(ECC_PER_BLOCK, version - 1) * at(BLOCKS, version - 1);
const lengthBits = (version: number) => (version < 10 ? 8 : 16);

/** Product in GF(2^8) with the polynomial 0x11D. */
function multiply(x: number, y: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit--) {
    product = (product << 1) ^ ((product >>> 7) * 0x11d);
    product ^= ((y >>> bit) & 1) * x;
  }
  return product;
}

function generator(degree: number): number[] {
  const result = [...new Array<number>(degree - 1).fill(0), 1];
  let root = 1;
  for (let step = 0; step < degree; step++) {
    for (let index = 0; index < degree; index++) result[index] = multiply(at(result, index), root) ^ (result[index + 1] ?? 0);
    root = multiply(root, 2);
  }
  return result;
}

function remainder(data: number[], divisor: number[]): number[] {
  const result = divisor.map(() => 0);
  for (const byte of data) {
    const factor = byte ^ (result.shift() as number);
    result.push(0);
    for (const [index, coefficient] of divisor.entries()) result[index] = at(result, index) ^ multiply(coefficient, factor);
  }
  return result;
}

/** Mode, length, bytes, terminator and padding. */
function toCodewords(bytes: Uint8Array, version: number): number[] {
  const bits: number[] = [];
  const put = (value: number, length: number) => {
    for (let bit = length - 1; bit >= 0; bit--) bits.push((value >>> bit) & 1);
  };
  const capacity = dataCodewords(version) * 8;
  put(0b0100, 4);
  put(bytes.length, lengthBits(version));
  for (const byte of bytes) put(byte, 8);
  put(0, Math.min(4, capacity - bits.length));
  put(0, (8 - (bits.length % 8)) % 8);
  for (let pad = 0xec; bits.length < capacity; pad ^= 0xec ^ 0x11) put(pad, 8);
  return Array.from({ length: bits.length / 8 }, (_, index) => Number.parseInt(bits.slice(index * 8, index * 8 + 8).join(''), 2));
}

/** Blocks of data, each with its correction, read column by column. */
function interleave(data: number[], version: number): number[] {
  const count = at(BLOCKS, version - 1);
  const eccLength = at(ECC_PER_BLOCK, version - 1);
  const total = codewords(version);
  const shortBlocks = count - (total % count);
  const shortLength = Math.floor(total / count) - eccLength;
  const divisor = generator(eccLength);
  let taken = 0;
  const blocks = Array.from({ length: count }, (_, index) => {
    const part = data.slice(taken, taken + shortLength + (index < shortBlocks ? 0 : 1));
    taken += part.length;
    return { part, ecc: remainder(part, divisor) };
  });
  const column = (read: (block: (typeof blocks)[number]) => number[], length: number) =>
    Array.from({ length }, (_, index) => blocks.flatMap((block) => read(block).slice(index, index + 1))).flat();
  return [...column((block) => block.part, shortLength + 1), ...column((block) => block.ecc, eccLength)];
}

const MASKS: ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_x, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

class Grid {
  readonly size: number;
  readonly dark: boolean[][];
  /** Patterns, which neither carry data nor are masked. */
  readonly fixed: boolean[][];

  constructor(version: number) {
    this.size = version * 4 + 17;
    const empty = () => Array.from({ length: this.size }, () => new Array<boolean>(this.size).fill(false));
    this.dark = empty();
    this.fixed = empty();
    this.drawPatterns(version);
  }

  set(x: number, y: number, dark: boolean): void {
    const [row, fixed] = [this.dark[y], this.fixed[y]];
    if (row === undefined || fixed === undefined || x < 0 || x >= this.size) return;
    row[x] = dark;
    fixed[x] = true;
  }

  private drawPatterns(version: number): void {
    const { size } = this;
    for (let index = 0; index < size; index++) {
      this.set(6, index, index % 2 === 0);
      this.set(index, 6, index % 2 === 0);
    }
    for (const [x, y] of [
      [3, 3],
      [size - 4, 3],
      [3, size - 4],
    ] as const)
      this.drawRings(x, y, 4, (ring) => ring !== 2 && ring !== 4);
    const centres = alignmentCentres(version);
    const last = centres.length - 1;
    for (const [i, x] of centres.entries()) {
      for (const [j, y] of centres.entries()) {
        const underFinder = (i === 0 && j === 0) || (i === 0 && j === last) || (i === last && j === 0);
        if (!underFinder) this.drawRings(x, y, 2, (ring) => ring !== 1);
      }
    }
    this.drawFormat(0);
    if (version >= 7) this.drawVersion(version);
  }

  private drawRings(x: number, y: number, radius: number, dark: (ring: number) => boolean): void {
    for (let dy = -radius; dy <= radius; dy++) {
      for (let dx = -radius; dx <= radius; dx++) this.set(x + dx, y + dy, dark(Math.max(Math.abs(dx), Math.abs(dy))));
    }
  }

  drawFormat(mask: number): void {
    const data = (LEVEL << 3) | mask;
    let rest = data;
    for (let step = 0; step < 10; step++) rest = (rest << 1) ^ ((rest >>> 9) * 0x537);
    const bits = ((data << 10) | rest) ^ 0x5412;
    const bit = (index: number) => ((bits >>> index) & 1) !== 0;
    const { size } = this;
    for (let index = 0; index <= 5; index++) this.set(8, index, bit(index));
    this.set(8, 7, bit(6));
    this.set(8, 8, bit(7));
    this.set(7, 8, bit(8));
    for (let index = 9; index < 15; index++) this.set(14 - index, 8, bit(index));
    for (let index = 0; index < 8; index++) this.set(size - 1 - index, 8, bit(index));
    for (let index = 8; index < 15; index++) this.set(8, size - 15 + index, bit(index));
    this.set(8, size - 8, true);
  }

  private drawVersion(version: number): void {
    let rest = version;
    for (let step = 0; step < 12; step++) rest = (rest << 1) ^ ((rest >>> 11) * 0x1f25);
    const bits = (version << 12) | rest;
    for (let index = 0; index < 18; index++) {
      const dark = ((bits >>> index) & 1) !== 0;
      const [far, near] = [this.size - 11 + (index % 3), Math.floor(index / 3)];
      this.set(far, near, dark);
      this.set(near, far, dark);
    }
  }

  /** Up and down in columns of two, from the right, around what is fixed. */
  drawData(words: number[]): void {
    let next = 0;
    for (let right = this.size - 1; right >= 1; right -= 2) {
      if (right === 6) right = 5;
      for (let step = 0; step < this.size; step++) {
        const y = ((right + 1) & 2) === 0 ? this.size - 1 - step : step;
        for (const x of [right, right - 1]) {
          if (at(at(this.fixed, y), x) || next >= words.length * 8) continue;
          at(this.dark, y)[x] = ((at(words, next >>> 3) >>> (7 - (next & 7))) & 1) !== 0;
          next += 1;
        }
      }
    }
  }

  mask(pattern: number): void {
    const flips = at(MASKS, pattern);
    for (const [y, row] of this.dark.entries()) {
      for (const [x, dark] of row.entries()) if (!at(at(this.fixed, y), x) && flips(x, y)) row[x] = !dark;
    }
  }

  /** How hard it is to read: long runs, squares, false finders, too much of one colour. */
  penalty(): number {
    const columns = this.dark.map((_, x) => this.dark.map((row) => at(row, x)));
    let score = 0;
    for (const line of [...this.dark, ...columns]) {
      const text = line.map((dark) => (dark ? '1' : '0')).join('');
      for (const run of text.match(/1{5,}|0{5,}/g) ?? []) score += run.length - 2;
      score += 40 * (text.match(/(?=10111010000|00001011101)/g) ?? []).length;
    }
    let darkCount = 0;
    for (const [y, row] of this.dark.entries()) {
      for (const [x, dark] of row.entries()) {
        if (dark) darkCount += 1;
        const below = this.dark[y + 1];
        if (below !== undefined && x + 1 < this.size && row[x + 1] === dark && below[x] === dark && below[x + 1] === dark) score += 3;
      }
    }
    const total = this.size * this.size;
    return score + 10 * Math.floor(Math.abs(darkCount * 20 - total * 10) / total);
  }
}

function alignmentCentres(version: number): number[] {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = Math.floor((version * 8 + count * 3 + 5) / (count * 4 - 4)) * 2;
  const rest = Array.from({ length: count - 1 }, (_, index) => version * 4 + 10 - index * step);
  return [6, ...rest.reverse()];
}

/** Rows of modules, true is dark; without the quiet zone. @throws RangeError beyond 666 bytes. */
export function qrModules(text: string): boolean[][] {
  const bytes = new TextEncoder().encode(text);
  let version = 1;
  while (version <= MAX_VERSION && bytes.length * 8 + 4 + lengthBits(version) > dataCodewords(version) * 8) version += 1;
  if (version > MAX_VERSION) throw new RangeError(`${bytes.length} bytes are too many for a QR code`);
  const words = interleave(toCodewords(bytes, version), version);
  let best: Grid | null = null;
  for (let pattern = 0; pattern < MASKS.length; pattern++) {
    const grid = new Grid(version);
    grid.drawData(words);
    grid.mask(pattern);
    grid.drawFormat(pattern);
    if (best === null || grid.penalty() < best.penalty()) best = grid;
  }
  return (best as Grid).dark;
}
