import { useEffect, useEffectEvent } from 'react';

export type Action = (() => unknown) | { inList: true; run: () => unknown };

/** Where keys are for writing or belong to a control. */
const WRITING =
  'input, textarea, select, [contenteditable="true"], .ant-modal, .ant-drawer, .ant-dropdown, [role="combobox"]';
/** What a tab does with keys itself. */
const OF_TABS = new Set(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'Enter', ' ']);

/** What a held key does again and again: it steps on. */
const HELD = new Set(['j', 'k', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']);

/** Single keys for the page, except where someone writes; some of them only while the focus is in the list. */
export function useKeys(actions: Record<string, Action>) {
  const press = useEffectEvent((event: KeyboardEvent) => {
    const action = actions[event.key];
    const target = event.target instanceof Element ? event.target : document.body;
    // A dialog that has just closed may still hold the focus for a moment.
    const holder = target.closest(WRITING);
    if (!action || event.ctrlKey || event.metaKey || event.altKey || holder?.checkVisibility()) return;
    if (OF_TABS.has(event.key) && target.closest('[role="tab"]')) return;
    if (typeof action !== 'function' && !target.closest('.panel')) return;
    event.preventDefault();
    if (event.repeat && !HELD.has(event.key)) return;
    if (typeof action === 'function') action();
    else action.run();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}
