import type { Impact, OverallStatus, PublicStatus } from '@rollcall/contracts';
import { type EndpointStatus, wordsOf } from '@rollcall/core';
import { cn, StatusMark, TONE_TEXT, toneOf } from '@rollcall/ui';

type State = OverallStatus | PublicStatus | Impact;

/** Every public state has the shape and the colour of a status that people know from the dashboard. */
export const MARK: Record<State, EndpointStatus> = {
  operational: 'up',
  degraded: 'degraded',
  partial_outage: 'down',
  outage: 'down',
  maintenance: 'maintenance',
  unknown: 'no_data',
};

/** Shape and word, side by side. */
export function StateLabel({ state, locale = 'en', className }: { state: State; locale?: string; className?: string }) {
  return (
    <span className={cn('inline-flex items-center gap-1.5 whitespace-nowrap text-sm', TONE_TEXT[toneOf(MARK[state])], className)}>
      <StatusMark status={MARK[state]} />
      {wordsOf(locale).state[state]}
    </span>
  );
}

const RANK: State[] = ['operational', 'unknown', 'maintenance', 'degraded', 'partial_outage', 'outage'];
export function worstState<S extends State>(states: readonly S[]): S | undefined {
  return [...states].sort((a, b) => RANK.indexOf(b) - RANK.indexOf(a))[0];
}

/** Colours of the light theme that are readable as well on a dark tab bar. */
const ICON_COLOR: Record<string, string> = {
  up: '#12924f',
  degraded: '#b36b00',
  down: '#d23a3a',
  maintenance: '#2f78dd',
  no_data: '#7b8290',
};
const ICON_SHAPE: Record<string, string> = {
  up: '<circle cx="8" cy="8" r="7.5" fill="C"/><path d="m4.6 8.3 2.4 2.4 4.5-4.9" fill="none" stroke="#fff" stroke-width="2"/>',
  degraded: '<path d="M8 .8 15.6 15H.4Z" fill="C"/><path d="M8 5.6v4.2m0 1.8v1.6" stroke="#fff" stroke-width="1.9"/>',
  down: '<path d="M5 .5h6L15.5 5v6L11 15.5H5L.5 11V5Z" fill="C"/><path d="m5.2 5.2 5.6 5.6m0-5.6-5.6 5.6" stroke="#fff" stroke-width="2"/>',
  maintenance:
    '<rect x=".5" y=".5" width="15" height="15" rx="4" fill="C"/><path d="M4.4 11.6 8.4 7.6M8 4.6a2.4 2.4 0 1 0 3.4 3.4" fill="none" stroke="#fff" stroke-width="2"/>',
  no_data: '<circle cx="8" cy="8" r="6.4" fill="none" stroke="C" stroke-width="2.6" stroke-dasharray="3 2"/>',
};

/** The tab shows the state by shape and colour. */
export function stateIcon(state: OverallStatus): string {
  const mark = MARK[state];
  const shape = (ICON_SHAPE[mark] ?? '').replaceAll('"C"', `"${ICON_COLOR[mark]}"`);
  return `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">${shape}</svg>`)}`;
}
