/** Topics as the form has them: `weapons: build a bomb, 制造炸弹`, one a line. */
export const linesOf = (topics: Record<string, string[]>): string =>
  Object.entries(topics)
    .map(([topic, phrases]) => `${topic}: ${phrases.join(', ')}`)
    .join('\n');

/** The topics of these lines; a line without a colon has no phrases. */
export function topicsOf(lines: string | undefined): Record<string, string[]> {
  const topics: Record<string, string[]> = {};
  for (const line of (lines ?? '').split('\n')) {
    if (line.trim() === '') continue;
    const colon = line.search(/[:：]/);
    const topic = (colon < 0 ? line : line.slice(0, colon)).trim();
    const phrases = colon < 0 ? [] : line.slice(colon + 1).split(/[,，、;；]/);
    topics[topic] = [
      ...(topics[topic] ?? []),
      ...phrases.map((phrase) => phrase.trim()).filter((phrase) => phrase !== ''),
    ];
  }
  return topics;
}
