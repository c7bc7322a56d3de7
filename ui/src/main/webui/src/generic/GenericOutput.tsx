import { Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Panel, Run } from '../api/types';
import { useLanguage, type Language } from '../i18n';
import { ChartPanelView } from './ChartPanelView';
import { MarkedPicture } from './MarkedPicture';
import { at, shown } from './pointer';

type Range = [start: number, end: number];

/** Overlapping ranges as one, in order, within the text. */
function merged(ranges: Range[], length: number): Range[] {
  const out: Range[] = [];
  for (const [start, end] of ranges
    .filter((r) => r[0] < r[1] && r[1] <= length)
    .sort((a, b) => a[0] - b[0])) {
    const last = out.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else out.push([start, end]);
  }
  return out;
}

function MarkedText({ text, run }: { text: string; run: Run }) {
  const spans = run.evidence.flatMap(({ start, end, quote }): Range[] =>
    start !== undefined && end !== undefined && text.slice(start, end) === quote ? [[start, end]] : [],
  );
  const ranges = merged(spans, text.length);
  return (
    <div className="generic-text">
      {ranges.map(([start, end], i) => (
        <span key={start}>
          {text.slice(ranges[i - 1]?.[1] ?? 0, start)}
          <mark>{text.slice(start, end)}</mark>
        </span>
      ))}
      {text.slice(ranges.at(-1)?.[1] ?? 0)}
    </div>
  );
}

function Content({ panel, run, language }: { panel: Panel; run: Run; language: Language }) {
  const { t } = useTranslation();
  if (panel.type === 'picture') return <MarkedPicture run={run} component={panel.component} />;
  if (panel.type === 'chart') return <ChartPanelView panel={panel} output={run.output} />;
  const value = at(run.output, panel.pointer);
  switch (panel.type) {
    case 'text':
      return <MarkedText text={shown(value, language)} run={run} />;
    case 'value':
      return <p className="generic-value">{shown(value, language) || t('run.nothing')}</p>;
    case 'table':
      return (
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls sideways, so a keyboard must reach it
        <div className="generic-table" tabIndex={0} role="region" aria-label={panel.title[language]}>
          <Table
            size="small"
            rowKey="key"
            pagination={{ hideOnSinglePage: true, pageSize: 50 }}
            dataSource={(Array.isArray(value) ? (value as unknown[]) : []).map((row, key) => ({ key, row }))}
            columns={panel.columns.map((column) => ({
              key: column.pointer,
              title: column.title[language],
              render: (_, { row }) => (
                <span className="cell">{shown(at(row, column.pointer), language)}</span>
              ),
            }))}
          />
        </div>
      );
  }
}

/** An output as its task's panels describe it, or as JSON when there are none. */
export function GenericOutput({ run, panels }: { run: Run; panels: Panel[] }) {
  const language = useLanguage();
  if (panels.length === 0) return <pre className="generic-text">{JSON.stringify(run.output, null, 2)}</pre>;
  return (
    <div className="generic">
      {panels.map((panel) => (
        <section
          key={panel.type + (panel.type === 'picture' ? panel.component : panel.pointer)}
          className="card padded"
        >
          <h2>{panel.title[language]}</h2>
          <Content panel={panel} run={run} language={language} />
        </section>
      ))}
    </div>
  );
}
