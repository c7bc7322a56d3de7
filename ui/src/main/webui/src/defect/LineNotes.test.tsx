import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import '../i18n';
import { LineNotes } from './LineNotes';
import type { Inspection } from './types';

const inspection: Inspection = {
  line: 'SOUND_PARTS',
  width: 64,
  height: 64,
  verdict: 'PASS',
  rule: '',
  threshold: 0.5,
  defects: [],
};

test('nothing is said of a run that knows neither costs nor light', () => {
  const { container } = render(<LineNotes inspection={inspection} />);
  expect(container.textContent).toBe('');
});

test('the cost of a part and every warning are told', () => {
  const { container } = render(
    <LineNotes
      inspection={{
        ...inspection,
        expected: {
          costPerPart: 0.1234,
          escapeRate: 0.02,
          overkillRate: 0.1,
          defectShare: 0.05,
          usualCostPerPart: 0.5,
          soundParts: 90,
          defectiveParts: 40,
        },
        warnings: [{ kind: 'DARKER', text: 'too dark' }],
      }}
    />,
  );
  expect(screen.getByRole('alert').textContent).toContain('too dark');
  for (const part of ['0.123', '0.500', '2.0 %', '10.0 %', '5.0 %', '90', '40']) {
    expect(container.textContent).toContain(part);
  }
});
