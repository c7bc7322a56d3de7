import { type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFirings, useSchedules } from '../api/queries';
import type { Schedule } from '../api/types';
import { useLanguage } from '../i18n';
import { dateTime } from '../i18n/format';
import { ProblemPanel } from '../shell/ProblemPanel';
import { Latest } from './Latest';
import { RemoveSource } from './RemoveSource';
import { inZone } from './inZone';
import { period } from './period';
import { WideTable } from '../shell/WideTable';

/** Schedules, each with its next time and what became of its newest ones. */
export function Schedules({ title, operator }: { title: (task: string) => string; operator: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const schedules = useSchedules();
  const columns: TableColumnsType<Schedule> = [
    {
      key: 'name',
      title: t('sources.name'),
      render: (_, one) => (
        <>
          <b className="source-name">{one.name}</b>
          <span className="quiet">{title(one.task)}</span>
        </>
      ),
    },
    { key: 'what', title: t('sources.what'), render: (_, one) => <What schedule={one} /> },
    {
      key: 'when',
      title: t('sources.when'),
      render: (_, one) => (
        <>
          <code>{one.cron}</code> <span className="quiet">{one.zone}</span>
          {one.stopped ? (
            <span className="refused">{t('sources.stopped', { why: one.stopped })}</span>
          ) : (
            one.next[0] && (
              <span className="source-next">
                {t('sources.next', { time: inZone(one.next[0], one.zone, language) })}
              </span>
            )
          )}
        </>
      ),
    },
    { key: 'latest', title: t('sources.latest'), render: (_, one) => <Firings id={one.id} /> },
    { key: 'by', title: t('sources.by'), dataIndex: 'createdBy' },
  ];
  if (operator) {
    columns.push({
      key: 'actions',
      title: <span className="visually-hidden">{t('sources.actions')}</span>,
      render: (_, { id, name }) => <RemoveSource of="batch-schedules" id={id} name={name} />,
    });
  }
  return schedules.isError ? (
    <ProblemPanel error={schedules.error} onRetry={() => void schedules.refetch()} />
  ) : (
    <WideTable
      label={t('sources.schedules')}
      rowKey="id"
      size="middle"
      columns={columns}
      dataSource={schedules.data ?? []}
      loading={schedules.isPending}
      locale={{ emptyText: t('sources.noSchedules') }}
      pagination={{ pageSize: 20, hideOnSinglePage: true }}
    />
  );
}

function What({ schedule: { folder, runs } }: { schedule: Schedule }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (!runs) return t('sources.filesOf', { folder });
  const named = t('sources.runsOf', { period: period(runs.period, language) });
  return runs.status ? t('sources.runsWith', { runs: named, status: t(`run.${runs.status}`) }) : named;
}

function Firings({ id }: { id: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const firings = useFirings(id).data ?? [];
  return (
    <Latest
      items={firings.map(({ dueAt, batch, refused }) => ({
        key: dueAt,
        label: batch ? t('sources.batch', { time: dateTime(dueAt, language) }) : dateTime(dueAt, language),
        batch,
        refused,
      }))}
    />
  );
}
