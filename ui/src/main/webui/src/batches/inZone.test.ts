import { expect, it } from 'vitest';
import { inZone } from './inZone';

it('shows a moment by the clocks of its zone', () => {
  expect(inZone('2026-03-09T06:30:00+08:00', 'Asia/Shanghai', 'en')).toMatch(
    /^Mon,? 9 Mar 2026,? (at )?06:30/,
  );
  expect(inZone('2026-03-29T01:00:00Z', 'Europe/Berlin', 'zh')).toContain('03:00');
});
