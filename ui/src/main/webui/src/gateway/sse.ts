/** The data of the server-sent events in a stream of text, whose pieces may end anywhere (WHATWG HTML, section 9.2.6). */
export class EventReader {
  private rest = '';

  /** The data of the events that are whole with this piece. */
  read(piece: string): string[] {
    const events = (this.rest + piece).replace(/\r\n?/g, '\n').split('\n\n');
    this.rest = events.pop() ?? '';
    return events.flatMap((event) => {
      const lines = event.split('\n').filter((line) => line.startsWith('data:'));
      return lines.length === 0 ? [] : [lines.map((line) => line.slice(5).replace(/^ /, '')).join('\n')];
    });
  }
}

interface Chunk {
  choices?: { delta?: { content?: string | null } }[];
  error?: { message?: string };
}

/**
 * Asks a chat model through the gateway, and tells each piece of its answer as it comes.
 *
 * @throws Error with the gateway's own words when it refuses, or when the answer breaks off
 */
export async function streamChat(
  secret: string,
  body: { model: string; messages: { role: string; content: string }[] },
  tell: (piece: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const response = await fetch('/v1/chat/completions', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${secret}` },
    body: JSON.stringify({ ...body, stream: true }),
    signal,
  });
  if (!response.ok || !response.body) {
    const text = await response.text();
    throw new Error(messageOf(text) ?? `${response.status} ${text.slice(0, 200)}`);
  }
  const events = new EventReader();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let done = false; !done;) {
    const read = await reader.read();
    done = read.done;
    for (const data of read.value ? events.read(read.value) : []) {
      if (data === '[DONE]') return;
      const chunk = JSON.parse(data) as Chunk;
      if (chunk.error) throw new Error(chunk.error.message ?? data);
      const piece = chunk.choices?.[0]?.delta?.content;
      if (piece) tell(piece);
    }
  }
}

function messageOf(text: string): string | undefined {
  try {
    return (JSON.parse(text) as Chunk).error?.message;
  } catch {
    return undefined;
  }
}

/** The models that a key may call. */
export async function modelsOf(secret: string): Promise<string[]> {
  const response = await fetch('/v1/models', { headers: { Authorization: `Bearer ${secret}` } });
  const text = await response.text();
  if (!response.ok) throw new Error(messageOf(text) ?? `${response.status}`);
  return (JSON.parse(text) as { data: { id: string }[] }).data.map(({ id }) => id);
}
