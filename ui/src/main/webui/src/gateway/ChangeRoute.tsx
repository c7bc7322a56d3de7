import { App, Button, Popconfirm, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import { removeRoute, told, type RoutePlace } from '../api/client';
import { useRouteChange } from '../api/queries';

/** Changes a server, a model or a guard, or asks once more and removes it. */
export function ChangeRoute({ of, name, onChange }: RoutePlace & { onChange: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const remove = useRouteChange(removeRoute);
  return (
    <Space>
      <Button size="small" aria-label={t('servers.changeServer', { name })} onClick={onChange}>
        {t('servers.change')}
      </Button>
      <Popconfirm
        title={t('servers.removeSure', { name })}
        okText={t('servers.remove')}
        cancelText={t('decision.cancel')}
        onConfirm={() =>
          remove
            .mutateAsync({ of, name })
            .catch((error: unknown) => void message.error(t('servers.removed', { detail: told(error) })))
        }
      >
        <Button size="small" danger aria-label={t('servers.removeOf', { name })}>
          {t('servers.remove')}
        </Button>
      </Popconfirm>
    </Space>
  );
}
