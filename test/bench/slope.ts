export interface Sample {
  /** Seconds since the measurement began. */
  readonly at: number;
  readonly mb: number;
}

export interface Slope {
  readonly mbPerHour: number;
  /** Half the width of the 95 % confidence interval of the slope. */
  readonly noiseMbPerHour: number;
  readonly flat: boolean;
  /** The lowest of each block, on which the line rests. */
  readonly floors: readonly Sample[];
}

/**
 * Whether memory grows. A garbage-collected heap is a saw: what counts is its floor, so the samples are cut into blocks and the line is
 * laid through the lowest of each (ordinary least squares). It is flat when the slope is not above its own 95 % confidence interval. Pure.
 */
export function slopeOf(samples: readonly Sample[], blocks: keyof typeof STUDENT_T = 12): Slope {
  if (samples.length < blocks * 2) throw new Error(`${samples.length} samples are too few for ${blocks} blocks`);
  const size = samples.length / blocks;
  const floors = Array.from({ length: blocks }, (_, index) =>
    samples.slice(Math.floor(index * size), Math.floor((index + 1) * size)).reduce((low, sample) => (sample.mb < low.mb ? sample : low)),
  );
  const mean = (of: (sample: Sample) => number) => floors.reduce((sum, sample) => sum + of(sample), 0) / floors.length;
  const [x, y] = [mean(({ at }) => at), mean(({ mb }) => mb)];
  const spread = floors.reduce((sum, { at }) => sum + (at - x) ** 2, 0);
  const slope = floors.reduce((sum, { at, mb }) => sum + (at - x) * (mb - y), 0) / spread;
  const residual = floors.reduce((sum, { at, mb }) => sum + (mb - y - slope * (at - x)) ** 2, 0);
  const error = Math.sqrt(residual / (blocks - 2) / spread);
  const noise = STUDENT_T[blocks] * error;
  return { mbPerHour: slope * 3600, noiseMbPerHour: noise * 3600, flat: slope <= noise, floors };
}

/** Two-sided 95 % points of Student's t, by the number of blocks: two degrees of freedom fewer. */
const STUDENT_T = { 6: 2.776, 12: 2.228 } as const;

/** The least that can be kept of a probe: one place in a list. */
const SMALLEST_BYTES = 8;

/**
 * `flat`: no slope above noise. `settles`: what rises in the first half does not in the second, as a cache that fills, or rises by less than
 * the smallest thing that a probe could leave behind. `grows`: neither; something is kept. Pure.
 */
export function trendOf(samples: readonly Sample[], probesPerSecond: number): 'flat' | 'settles' | 'grows' {
  const whole = slopeOf(samples);
  if (whole.flat) return 'flat';
  const late = slopeOf(samples.slice(Math.floor(samples.length / 2)), 6);
  const perProbe = (late.mbPerHour * 1024 * 1024) / (probesPerSecond * 3600);
  return late.flat || perProbe < SMALLEST_BYTES ? 'settles' : 'grows';
}
