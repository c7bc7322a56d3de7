import { act, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { SearchField } from './SearchField';

let told: string[];

/** A page whose address takes a while to say what was searched for. */
function Page() {
  const [value, setValue] = useState('');
  return (
    <>
      <SearchField
        label="words"
        value={value}
        onSearch={(text) => {
          told.push(text);
          setTimeout(() => setValue(text), 100);
        }}
      />
      <button type="button" onClick={() => setValue('')}>
        clear
      </button>
    </>
  );
}

beforeEach(() => {
  told = [];
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const field = () => screen.getByLabelText<HTMLInputElement>('words');
const type = (text: string) => fireEvent.change(field(), { target: { value: text } });
const pass = (millis: number) =>
  act(() => {
    vi.advanceTimersByTime(millis);
  });

it('tells what was typed when the typing rests, and loses no letter to an address that comes late', () => {
  render(<Page />);
  for (const text of ['l', 'la', 'law']) {
    type(text);
    pass(50);
  }
  expect(told).toEqual([]);
  pass(250);
  expect(told).toEqual(['law']);
  type('law o');
  pass(100);
  expect(field().value).toBe('law o');
  type('law of');
  pass(500);
  expect(told).toEqual(['law', 'law of']);
  expect(field().value).toBe('law of');
});

it('follows who else changes the address, and tells nothing of it', () => {
  render(<Page />);
  type('law');
  pass(400);
  fireEvent.click(screen.getByText('clear'));
  expect(field().value).toBe('');
  pass(400);
  expect(told).toEqual(['law']);
});

it('tells nothing once it is gone', () => {
  const { unmount } = render(<Page />);
  type('law');
  unmount();
  pass(400);
  expect(told).toEqual([]);
});
