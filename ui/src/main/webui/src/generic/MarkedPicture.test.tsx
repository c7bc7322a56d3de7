import { fireEvent, render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { Run } from '../api/types';
import '../i18n';
import { MarkedPicture } from './MarkedPicture';

const run = {
  id: 'r1',
  evidence: [{ type: 'rule' }, { type: 'imageRegion', x: 3, y: 4, width: 5, height: 6, score: 0.91 }],
  attachments: [{ component: 'picture', name: 'strip.png', mediaType: 'image/png', sha256: '', bytes: 1 }],
} as unknown as Run;

test('regions are drawn in the pixels of the picture', () => {
  const { container } = render(<MarkedPicture run={run} component="picture" />);
  const picture = screen.getByRole('img');
  expect(picture.getAttribute('src')).toBe('/api/v1/runs/r1/attachments/picture');
  expect(picture.getAttribute('alt')).toContain('strip.png');
  expect(container.querySelector('rect')).toBeNull();
  Object.defineProperties(picture, { naturalWidth: { value: 200 }, naturalHeight: { value: 100 } });
  fireEvent.load(picture);
  expect(container.querySelector('svg')?.getAttribute('viewBox')).toBe('0 0 200 100');
  const rect = container.querySelectorAll('rect');
  expect(rect).toHaveLength(1);
  expect(['x', 'y', 'width', 'height'].map((name) => rect[0]?.getAttribute(name))).toEqual([
    '3',
    '4',
    '5',
    '6',
  ]);
  expect(container.querySelector('title')?.textContent).toBe('91 %');
});

test('a picture that the browser cannot show is said to be one', () => {
  render(<MarkedPicture run={run} component="picture" />);
  fireEvent.error(screen.getByRole('img'));
  expect(screen.queryByRole('img')).toBeNull();
  expect(screen.getByText(/cannot show|无法显示/)).toBeTruthy();
});
