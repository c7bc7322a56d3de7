import { AutoComplete, Button, InputNumber } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKept } from '../shell/useKept';
import type { Box } from './types';

const SIDES = ['x', 'y', 'width', 'height'] as const;

/** Names what was drawn; its place can be typed as well. */
export function LabelForm({
  id,
  box,
  kinds,
  saving,
  onSave,
  onCancel,
}: {
  id: string;
  box: Box;
  kinds: string[];
  saving: boolean;
  onSave: (box: Box, kind: string) => void;
  onCancel: () => void;
}) {
  const { t } = useTranslation();
  const [place, setPlace] = useState(box);
  const [kind, setKind] = useKept(id);
  const whole = kind.trim() !== '' && place.width > 0 && place.height > 0;
  return (
    <form
      className="draft padded label-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (whole) onSave(place, kind.trim());
      }}
    >
      <label htmlFor="label-kind">{t('defect.kind')}</label>
      <AutoComplete
        id="label-kind"
        value={kind}
        onChange={setKind}
        options={kinds.map((value) => ({ value }))}
        showSearch={{ filterOption: (text, option) => (option?.value ?? '').includes(text) }}
      />
      <div className="label-sides">
        {SIDES.map((side) => (
          <label key={side}>
            {t(`defect.${side}`)}
            <InputNumber
              min={0}
              max={100_000}
              precision={0}
              value={place[side]}
              onChange={(value) => setPlace({ ...place, [side]: value ?? 0 })}
            />
          </label>
        ))}
      </div>
      <div className="decision-buttons">
        <Button type="primary" htmlType="submit" loading={saving} disabled={!whole}>
          {t('defect.saveLabel')}
        </Button>
        <Button onClick={onCancel}>{t('decision.cancel')}</Button>
      </div>
    </form>
  );
}
