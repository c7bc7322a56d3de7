import { describe, expect, it } from 'vitest';
import { EventReader } from './sse';

function readAll(pieces: string[]): string[] {
  const reader = new EventReader();
  return pieces.flatMap((piece) => reader.read(piece));
}

describe('server-sent events', () => {
  const stream = 'data: {"a":1}\n\n: a comment\n\nevent: x\ndata: one\ndata: two\n\ndata: [DONE]\n\n';
  const events = ['{"a":1}', 'one\ntwo', '[DONE]'];

  it('are read whole', () => expect(readAll([stream])).toEqual(events));

  it('are read sign by sign', () => expect(readAll(Array.from(stream))).toEqual(events));

  it('may end their lines as Windows does', () =>
    expect(readAll([stream.replace(/\n/g, '\r\n')])).toEqual(events));

  it('keep an unfinished one back', () => expect(readAll(['data: half'])).toEqual([]));
});
