import { cleanup } from '@testing-library/react';
import { afterEach, vi } from 'vitest';

afterEach(cleanup);

// What jsdom lacks of a browser.
vi.stubGlobal('matchMedia', () => ({
  matches: false,
  addEventListener: vi.fn(),
  removeEventListener: vi.fn(),
  addListener: vi.fn(),
  removeListener: vi.fn(),
}));
vi.stubGlobal(
  'ResizeObserver',
  class {
    observe = vi.fn();
    unobserve = vi.fn();
    disconnect = vi.fn();
  },
);
vi.stubGlobal(
  'EventSource',
  class {
    addEventListener = vi.fn();
    close = vi.fn();
  },
);
vi.stubGlobal('CSS', { escape: (text: string) => text });
Element.prototype.scrollIntoView = vi.fn();
Element.prototype.checkVisibility = () => true;
