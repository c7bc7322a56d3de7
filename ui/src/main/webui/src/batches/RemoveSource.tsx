import { App, Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { removeSource, told } from '../api/client';
import { useSourceChange } from '../api/queries';

/** Asks once more, and ends a schedule or a watched folder. */
export function RemoveSource({
  of,
  id,
  name,
}: {
  of: 'batch-schedules' | 'batch-sources';
  id: string;
  name: string;
}) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const remove = useSourceChange(removeSource);
  return (
    <Popconfirm
      title={t('sources.removeSure', { name })}
      okText={t('sources.remove')}
      cancelText={t('decision.cancel')}
      onConfirm={() =>
        remove
          .mutateAsync({ of, id })
          .catch((error: unknown) => void message.error(t('sources.removed', { detail: told(error) })))
      }
    >
      <Button size="small" danger aria-label={t('sources.removeOf', { name })}>
        {t('sources.remove')}
      </Button>
    </Popconfirm>
  );
}
