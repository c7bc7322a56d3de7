import { Tag, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { useChangeColumns } from './useChangeColumns';
import type { Backend } from './types';
import { WideTable } from '../shell/WideTable';

/** The servers, and how they are doing; `onChange` is undefined for who may only look. */
export function Backends({
  backends,
  loading,
  onChange,
}: {
  backends: Backend[];
  loading: boolean;
  onChange: ((backend: Backend) => void) | undefined;
}) {
  const { t } = useTranslation();
  const columns: TableColumnsType<Backend> = [
    {
      key: 'name',
      title: t('servers.name'),
      render: (_, { name, settings }) => (
        <>
          <b className="route-name">{name}</b>
          <span className="quiet">{settings.url}</span>
          {settings.protocol === 'KSERVE' && <span className="quiet route-line">{t('servers.kserve')}</span>}
        </>
      ),
    },
    {
      key: 'zone',
      title: t('servers.zone'),
      render: (_, { settings }) => (
        <>
          {settings.zone}
          {settings.maskPersonalData && <span className="quiet route-line">{t('servers.masks')}</span>}
        </>
      ),
    },
    {
      key: 'secret',
      title: t('servers.secret'),
      render: (_, { settings }) => settings.secret ?? <span className="quiet">{t('servers.noSecret')}</span>,
    },
    {
      key: 'state',
      title: t('servers.state'),
      render: (_, { failing, outstanding }) => (
        <>
          <Tag color={failing ? 'error' : 'success'}>{t(failing ? 'servers.fails' : 'servers.answers')}</Tag>
          {outstanding > 0 && (
            <span className="quiet route-line">{t('servers.outstanding', { count: outstanding })}</span>
          )}
        </>
      ),
    },
    ...useChangeColumns('backends', onChange),
  ];
  return (
    <WideTable
      label={t('servers.servers')}
      rowKey="name"
      size="middle"
      columns={columns}
      dataSource={backends}
      loading={loading}
      pagination={{ pageSize: 20, hideOnSinglePage: true }}
      locale={{ emptyText: t('servers.noServers') }}
    />
  );
}
