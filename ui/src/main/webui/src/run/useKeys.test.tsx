import { fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import { useKeys } from './useKeys';

let pressed: string[];

beforeEach(() => {
  pressed = [];
});

function Page() {
  const press = (key: string) => () => pressed.push(key);
  useKeys({
    j: press('j'),
    a: press('a'),
    Home: press('Home'),
    ArrowDown: { inList: true, run: press('ArrowDown') },
  });
  return (
    <>
      <input aria-label="text" />
      <div className="panel">
        <button type="button" role="tab">
          tab
        </button>
        <button type="button">item</button>
      </div>
    </>
  );
}

it('takes keys everywhere, and those of lists only in the list', async () => {
  render(<Page />);
  const user = userEvent.setup();
  await user.keyboard('j{ArrowDown}');
  expect(pressed).toEqual(['j']);
  screen.getByRole('button', { name: 'item' }).focus();
  await user.keyboard('j{ArrowDown}{Home}');
  expect(pressed).toEqual(['j', 'j', 'ArrowDown', 'Home']);
});

it('leaves a tab the keys that it has a use for', async () => {
  render(<Page />);
  screen.getByRole('tab').focus();
  await userEvent.setup().keyboard('j{ArrowDown}{Home}');
  expect(pressed).toEqual(['j']);
});

it('leaves letters to who writes, and keys with modifiers to the browser', async () => {
  render(<Page />);
  const user = userEvent.setup();
  await user.keyboard('{Control>}j{/Control}');
  await user.type(screen.getByLabelText('text'), 'j');
  expect(pressed).toEqual([]);
});

it('steps on while a key is held, and decides once', () => {
  render(<Page />);
  for (const key of ['j', 'a']) {
    for (const repeat of [false, true, true]) fireEvent.keyDown(document.body, { key, repeat });
  }
  expect(pressed).toEqual(['j', 'j', 'j', 'a']);
});
