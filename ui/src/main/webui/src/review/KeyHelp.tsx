import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';

export type KeyLine = [keys: string[], what: string];

/** The keys of a workbench, between those that all have. */
export function KeyHelp({ open, own, onClose }: { open: boolean; own: KeyLine[]; onClose: () => void }) {
  const { t } = useTranslation();
  const keys: KeyLine[] = [
    [['j'], t('keys.next')],
    [['k'], t('keys.previous')],
    [['a'], t('keys.accept')],
    ...own,
    [['Esc'], t('keys.close')],
    [['?'], t('keys.help')],
  ];
  return (
    <Modal open={open} onCancel={onClose} footer={null} title={t('keys.title')} width={420}>
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
  );
}
