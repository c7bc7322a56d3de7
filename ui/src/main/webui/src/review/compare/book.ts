/** A text of 300 pages of 3,000 characters; another seed and vocabulary make a wholly different one. */
export function book(vocabulary: string, seed: number): string {
  let state = seed;
  const next = (below: number) => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
  const words = (count: number) =>
    Array.from({ length: count }, () => `${vocabulary}${next(3000).toString(36)}`).join(' ');
  let text = '';
  while (text.length < 900_000) text += `${next(40) + 1}.${next(20)} ${words(20 + next(60))}.\n`;
  return text;
}
