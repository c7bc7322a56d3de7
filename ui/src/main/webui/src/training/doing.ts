import type { TFunction } from 'i18next';
import { measureName } from './names';

/** What a training is doing, in the words of the page where it is known; else as the recipe told it. */
export function doingIn(t: TFunction, doing: string): string {
  const round = /^round (\d+)(?: of (\d+))?(?:, (\S+) (-?[\d.]+))?$/.exec(doing);
  const epoch = /^epoch (\d+) of (\d+)(?:, (\S+) (-?[\d.]+))?$/.exec(doing);
  const [, at, all, measure, value] = round ?? epoch ?? [];
  if (at === undefined) return doing;
  const what =
    all === undefined
      ? t('training.round', { at })
      : t(epoch ? 'training.epochOf' : 'training.roundOf', { at, all });
  return measure === undefined
    ? what
    : t('training.withValue', { what, measure: measureName(t, measure), value });
}
