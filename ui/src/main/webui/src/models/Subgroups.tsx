import { Select } from 'antd';
import type { TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SubgroupComparison } from './types';
import { useLanguage } from '../i18n';
import { count } from '../i18n/format';
import { WideTable } from '../shell/WideTable';
import { shown } from './figures';

interface SubgroupsProps {
  benchmark: string;
  subgroups: SubgroupComparison[];
  left: string;
  right: string;
}

/** One metric of both versions in each part of the data. */
export function Subgroups({ benchmark, subgroups, left, right }: SubgroupsProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const metrics = [...new Set(subgroups.flatMap((one) => one.metrics.map((each) => each.metric)))];
  const [wanted, setWanted] = useState('');
  const metric = metrics.includes(wanted) ? wanted : (metrics[0] ?? '');
  const measured = subgroups.flatMap((one) => {
    const found = one.metrics.find((each) => each.metric === metric);
    return found ? [{ ...one, found }] : [];
  });
  const columns: TableColumnsType<(typeof measured)[number]> = [
    { key: 'dimension', title: t('models.dimension'), render: (_, one) => one.dimension },
    { key: 'name', title: t('models.subgroup'), render: (_, one) => one.name },
    {
      key: 'cases',
      title: t('models.cases'),
      align: 'right',
      render: (_, one) => count(one.cases, language),
    },
    {
      key: 'left',
      title: left,
      sorter: (a, b) => (a.found.left?.value ?? 0) - (b.found.left?.value ?? 0),
      render: (_, { found }) => (found.left ? shown(found.left) : '–'),
    },
    { key: 'right', title: right, render: (_, { found }) => (found.right ? shown(found.right) : '–') },
  ];
  return (
    <>
      <div className="section-head">
        <h5>{t('models.subgroups')}</h5>
        <Select
          size="small"
          value={metric}
          aria-label={t('models.metric')}
          popupMatchSelectWidth={false}
          options={metrics.map((value) => ({ value, label: value }))}
          onChange={setWanted}
        />
      </div>
      <WideTable
        label={t('models.subgroupsOf', { benchmark })}
        rowKey={(one) => `${one.dimension} ${one.name}`}
        size="small"
        columns={columns}
        dataSource={measured}
        pagination={{ pageSize: 12, hideOnSinglePage: true, showSizeChanger: false }}
      />
    </>
  );
}
