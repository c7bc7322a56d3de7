import { QuestionCircleOutlined } from '@ant-design/icons';
import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeys } from './useKeys';

export type KeyLine = [keys: string[], what: string];

/** Shows the keys of a workbench, between those that all have; the key ? does so too. */
export function KeysButton({ own }: { own: KeyLine[] }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  useKeys({ '?': () => setOpen(true) });
  const keys: KeyLine[] = [
    [['j'], t('keys.next')],
    [['k'], t('keys.previous')],
    [['a'], t('keys.accept')],
    ...own,
    [['Esc'], t('keys.close')],
    [['?'], t('keys.help')],
  ];
  return (
    <>
      <Button
        type="text"
        icon={<QuestionCircleOutlined />}
        aria-label={t('keys.title')}
        onClick={() => setOpen(true)}
        className="wide-only"
      />
      <Modal open={open} onCancel={() => setOpen(false)} footer={null} title={t('keys.title')} width={420}>
        <dl className="keys">
          {keys.map(([names, what]) => (
            <div key={what}>
              <dt>
                {names.map((name) => (
                  <kbd key={name}>{name}</kbd>
                ))}
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
        <p className="quiet small">{t('keys.arrows')}</p>
      </Modal>
    </>
  );
}
