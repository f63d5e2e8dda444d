import type { ChangeClass } from './snapshot.ts';

/** `alert`: people are told. `record`: it stands in the history. */
export type DriftAction = 'alert' | 'record';
export type DriftPolicy = Readonly<Record<ChangeClass, DriftAction>>;

/** New tools are what a living server has; a call that fails, or words that reach the model, deserve a look. */
export const DEFAULT_DRIFT_POLICY: DriftPolicy = { breaking: 'alert', text: 'alert', additive: 'record' };

export function driftPolicyOf(given: { readonly [Kind in ChangeClass]?: DriftAction | undefined } | undefined): DriftPolicy {
  return {
    breaking: given?.breaking ?? DEFAULT_DRIFT_POLICY.breaking,
    text: given?.text ?? DEFAULT_DRIFT_POLICY.text,
    additive: given?.additive ?? DEFAULT_DRIFT_POLICY.additive,
  };
}

/** Whether a change of these classes is told. */
export function isTold(classes: readonly ChangeClass[], policy: DriftPolicy): boolean {
  return classes.some((kind) => policy[kind] === 'alert');
}
