import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';

export function KeyHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const keys: [string[], string][] = [
    [['j'], t('keys.next')],
    [['k'], t('keys.previous')],
    [['a'], t('keys.accept')],
    [['c'], t('keys.correct')],
    [['r'], t('keys.reject')],
    [['1', '2', '3', '4'], t('keys.tabs')],
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
