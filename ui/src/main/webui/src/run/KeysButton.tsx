import { QuestionCircleOutlined } from '@ant-design/icons';
import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeys } from './useKeys';

export type KeyLine = [keys: string[], what: string];

/** Shows the keys of a workbench, between those that all have; the key ? does so too. Without a list there is nothing to go through. */
export function KeysButton({ own, list = true }: { own: KeyLine[]; list?: boolean }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  useKeys({ '?': () => setOpen(true) });
  const going: KeyLine[] = [
    [['j'], t('keys.next')],
    [['k'], t('keys.previous')],
  ];
  const closing: KeyLine[] = [[['Esc'], t('keys.close')]];
  const keys: KeyLine[] = [
    ...(list ? going : []),
    [['a'], t('keys.accept')],
    ...own,
    [['N'], t('keys.commentRun')],
    ...(list ? closing : []),
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
        {list && <p className="quiet small">{t('keys.arrows')}</p>}
      </Modal>
    </>
  );
}
