import { DownloadOutlined } from '@ant-design/icons';
import { Button, Input, Radio, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { auditReportUrl } from '../api/client';
import { useAddress } from '../runs/useListing';
import { beginOf } from './listing';

const REPORTS = ['overrides', 'model', 'record', 'ai-act', 'algorithm-filing'] as const;
const FORMATS = ['csv', 'jsonl', 'pdf'] as const;

/** Of a report that is about one thing: what names it. */
const NAMED = { model: 'model', record: 'record' } as const;

/** Reports that auditors ask for, made by the server and taken away as files. */
export function ReportsTab() {
  const { t, i18n } = useTranslation();
  const { params, set } = useAddress();
  const report = REPORTS.find((one) => one === params.get('report')) ?? 'overrides';
  const name = report === 'model' || report === 'record' ? NAMED[report] : undefined;
  const [format, setFormat] = useState<(typeof FORMATS)[number]>('csv');
  const named = name ? (params.get(name) ?? '').trim() : '';
  const ready = !name || (name === 'model' ? /.@./.test(named) : named !== '');
  const url = auditReportUrl(report, {
    format,
    ...(name ? { [name]: named } : {}),
    ...(report === 'record' ? {} : { from: beginOf(params.get('from')), to: beginOf(params.get('to'), 1) }),
    ...(format === 'pdf' ? { lang: i18n.language } : {}),
  });
  return (
    <div className="audit-tab">
      <section className="card audit-card" aria-label={t('audit.reports')}>
        <Radio.Group
          className="audit-reports"
          aria-label={t('audit.reports')}
          value={report}
          onChange={({ target }) => set({ report: target.value as string })}
        >
          {REPORTS.map((one) => (
            <Radio key={one} value={one}>
              {t(`audit.report.${one}.title`)}
              <span className="quiet">{t(`audit.report.${one}.lead`)}</span>
            </Radio>
          ))}
        </Radio.Group>
        {name && (
          <label className="audit-key">
            {t(`audit.named.${name}`)}
            <Input
              className="mono"
              maxLength={200}
              placeholder={name === 'model' ? 'clause-tagger@1' : ''}
              value={params.get(name) ?? ''}
              onChange={({ target }) => set({ [name]: target.value || undefined })}
            />
          </label>
        )}
        {report !== 'record' && (
          <span className="audit-period">
            {(['from', 'to'] as const).map((end) => (
              <label key={end}>
                {t(`audit.${end}`)}
                <Input
                  type="date"
                  value={params.get(end) ?? ''}
                  onChange={({ target }) => set({ [end]: target.value || undefined })}
                />
              </label>
            ))}
          </span>
        )}
        <div className="audit-make">
          <Segmented
            aria-label={t('audit.format')}
            value={format}
            options={FORMATS.map((one) => ({ value: one, label: t(`audit.formats.${one}`) }))}
            onChange={setFormat}
          />
          <Button
            type="primary"
            icon={<DownloadOutlined />}
            disabled={!ready}
            {...(ready ? { href: url } : {})}
          >
            {t('audit.make')}
          </Button>
        </div>
        <p className="quiet">{t('audit.reportLead')}</p>
      </section>
    </div>
  );
}
