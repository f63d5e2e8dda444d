/** The lines a person sees while `npm start` works: one a stage, with the time it took. */
export interface Progress {
  stage<T>(what: string, work: () => Promise<T>, detail?: (result: T) => string): Promise<T>;
  note(text: string): void;
}

export function createProgress(out: NodeJS.WritableStream): Progress {
  return {
    async stage(what, work, detail) {
      const since = Date.now();
      const result = await work();
      const seconds = `${((Date.now() - since) / 1000).toFixed(1)} s`;
      out.write(`  ✔ ${what.padEnd(24)} ${seconds}${detail ? `   ${detail(result)}` : ''}\n`);
      return result;
    },
    note(text) {
      out.write(`${text}\n`);
    },
  };
}
