import { CodeOutlined, DownloadOutlined, FileTextOutlined } from '@ant-design/icons';
import { Button, Dropdown, Popover } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { attachmentUrl, exportUrl } from '../api/client';
import type { Run } from '../api/types';
import { useLanguage } from '../i18n';
import { dateTime, percent, seconds } from '../i18n/format';
import { RunComments } from './RunComments';
import { SecondReviews } from './SecondReviews';
import { useTaskTitle } from './useTaskTitle';

function save(url: string, name: string) {
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
}

function saveJson(run: Run) {
  const url = URL.createObjectURL(new Blob([JSON.stringify(run, null, 2)], { type: 'application/json' }));
  save(url, `${run.attachments[0]?.name ?? run.id}.review.json`);
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

function Models({ run }: { run: Run }) {
  const { t } = useTranslation();
  return (
    <ul className="models">
      {run.models.map((model) => (
        <li key={model.role}>
          <b>{model.role}</b>
          <span>{t('run.model', { name: model.name, version: model.version })}</span>
          <span className="quiet">
            {model.parameters > 0 &&
              `${t('run.parameters', { millions: (model.parameters / 1e6).toFixed(1) })}, `}
            {model.sha256 === '' ? t('run.remote') : `sha256 ${model.sha256.slice(0, 12)}…`}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** The name of what was run, when, by whom, with which models, and how to take it away. */
export function RunHeader({ run, children }: { run: Run; children?: ReactNode }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const title = useTaskTitle();
  const attachment = run.attachments[0];
  const items = [
    ...run.exports.map(({ format }) => ({
      key: `export:${format}`,
      icon: <DownloadOutlined />,
      label: t('run.exportAs', { format: format.toUpperCase() }),
    })),
    { key: 'json', icon: <CodeOutlined />, label: t('run.json') },
    ...(attachment ? [{ key: 'original', icon: <FileTextOutlined />, label: t('run.original') }] : []),
  ];
  function take(key: string) {
    if (key === 'json') saveJson(run);
    else if (key === 'original' && attachment)
      save(attachmentUrl(run.id, attachment.component), attachment.name);
    else save(exportUrl(run.id, key.slice('export:'.length)), '');
  }
  return (
    <div className="run-header">
      <div className="run-title">
        <h1 title={run.name}>{run.name || title(run.task)}</h1>
        <p className="quiet">
          {t('run.when', {
            time: dateTime(run.startedAt, language),
            seconds: seconds(run.durationMillis),
            caller: run.caller,
          })}
          {run.confidence !== undefined && (
            <span className="wide-only"> · {t('run.confidence', { percent: percent(run.confidence) })}</span>
          )}
          {run.droppedEvidence > 0 && <span> · {t('run.dropped', { count: run.droppedEvidence })}</span>}
          {run.models.length > 0 && (
            <Popover trigger="click" content={<Models run={run} />} title={t('run.models')}>
              <button type="button" className="text-button">
                {t('run.models')} ({run.models.length})
              </button>
            </Popover>
          )}
        </p>
      </div>
      <div className="run-aside">{children}</div>
      <RunComments run={run} />
      <SecondReviews run={run} />
      <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => take(key) }}>
        <Button icon={<DownloadOutlined />} aria-label={t('run.export')}>
          <span className="wide-only">{t('run.export')}</span>
        </Button>
      </Dropdown>
    </div>
  );
}
