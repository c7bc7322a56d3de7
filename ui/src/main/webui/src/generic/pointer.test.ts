import { expect, it } from 'vitest';
import { at, shown } from './pointer';

// The document and answers of RFC 6901, section 5.
const document = { foo: ['bar', 'baz'], '': 0, 'a/b': 1, 'm~n': 8, ' ': 7 };

it.each([
  ['/foo', ['bar', 'baz']],
  ['/foo/0', 'bar'],
  ['/', 0],
  ['/a~1b', 1],
  ['/m~0n', 8],
  ['/ ', 7],
  ['/none/deeper', undefined],
  ['/foo/constructor', undefined],
])('%s', (pointer, value) => expect(at(document, pointer)).toEqual(value));

it('names the whole document when empty', () => expect(at(document, '')).toBe(document));

it('shows a text in two languages in the reader’s', () => {
  expect(shown({ en: 'stuck', zh: '停滞' }, 'zh')).toBe('停滞');
  expect(shown({ en: 1 }, 'zh')).toBe('{"en":1}');
});
