import { Fragment, type ReactNode } from 'react';

/** A sentence of the dictionary with elements in its places: word order is the language's affair. */
export function Filled({ template, values }: { template: string; values: Readonly<Record<string, ReactNode>> }) {
  return template.split(/(\{\w+\})/).map((part, index) => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sentence stay where they are
    return <Fragment key={index}>{name !== undefined && Object.hasOwn(values, name) ? values[name] : part}</Fragment>;
  });
}
