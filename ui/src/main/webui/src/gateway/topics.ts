/** A topic as the form has it. */
export interface TopicFields {
  topic: string;
  phrases: string[];
}

export const fieldsOf = (topics: Record<string, string[]>): TopicFields[] =>
  Object.entries(topics).map(([topic, phrases]) => ({ topic, phrases }));

/** Phrases by topic; a topic that is there twice has the phrases of both. */
export function topicsOf(fields: TopicFields[]): Record<string, string[]> {
  const topics: Record<string, string[]> = {};
  for (const { topic, phrases } of fields) {
    const name = topic.trim();
    topics[name] = [...new Set([...(topics[name] ?? []), ...phrases])];
  }
  return topics;
}
