import type { Training } from './types';

/** Before this a guess is worth nothing. */
const LEAST_SHARE = 0.02;
const LEAST_SECONDS = 3;

/**
 * Seconds that a training still needs if it goes on as it did, or undefined where nobody can tell.
 *
 * @param now in milliseconds since 1970
 */
export function secondsLeft(
  { state, share, startedAt }: Pick<Training, 'state' | 'share' | 'startedAt'>,
  now: number,
): number | undefined {
  if (state !== 'RUNNING' || !startedAt || share < LEAST_SHARE || share >= 1) return undefined;
  // The clock of the browser may be behind that of the suite.
  const passed = (now - Date.parse(startedAt)) / 1000;
  return passed < LEAST_SECONDS ? undefined : (passed * (1 - share)) / share;
}
