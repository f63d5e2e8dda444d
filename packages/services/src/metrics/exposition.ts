/** One family of the Prometheus text format 0.0.4; null values are left out. */
export interface Family {
  readonly name: string;
  readonly help: string;
  readonly samples: readonly { readonly labels: Readonly<Record<string, string>>; readonly value: number | null }[];
}

const MAX_LABEL = 100;

/** A label's value comes from people and servers: bounded, one line, escaped. */
function labelValue(text: string): string {
  return [...text]
    .slice(0, MAX_LABEL)
    .join('')
    .replace(/\p{Cc}/gu, ' ')
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"');
}

/** Pure. Help texts are ours and hold no line break. */
export function toExposition(families: readonly Family[]): string {
  return families
    .flatMap(({ name, help, samples }) => [
      `# HELP ${name} ${help}`,
      `# TYPE ${name} gauge`,
      ...samples.flatMap(({ labels, value }) => {
        if (value === null) return [];
        const pairs = Object.entries(labels).map(([label, text]) => `${label}="${labelValue(text)}"`);
        return [`${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${value}`];
      }),
    ])
    .join('\n')
    .concat('\n');
}
