import { DownloadOutlined, FileSearchOutlined, PlusOutlined } from '@ant-design/icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { App, Button, Dropdown, Input, Select, Upload } from 'antd';
import type { TextAreaRef } from 'antd/es/input/TextArea';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ask, told } from '../../api/client';
import { useTasks } from '../../api/queries';
import { useLatest } from '../../run/useLatest';
import { ProblemPanel } from '../../shell/ProblemPanel';
import { useKept } from '../../shell/useKept';
import { fieldsOf } from '../../start/schema';
import './playbook.css';
import { Reading } from './Reading';
import { RULE_KINDS, ruleOf, startOfLine, textOf, type PlaybookReading } from './playbook';

const TASK = 'finance.contract-review';
const REST_MILLIS = 400;

const read = (question: { text: string } | { shipped: string }, signal: AbortSignal) =>
  ask<PlaybookReading>(TASK, 'playbook', question, signal);

/** The text, once the typing rests. */
function useRested(text: string): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), REST_MILLIS);
    return () => clearTimeout(timer);
  }, [text]);
  return rested;
}

/** A playbook as text, read by the suite while it is written, as a review would read it. */
export default function PlaybookPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { message, modal } = App.useApp();
  const [text, setText] = useKept('playbook');
  /** Whether there is a text of one's own, which may be empty. */
  const [own, setOwn] = useState(text !== '');
  /** What was opened last: to open another loses nothing while the text is that. */
  const [opened, setOpened] = useState('');
  const rested = useRested(text);
  const field = useRef<TextAreaRef>(null);
  const task = useTasks().data?.find(({ id }) => id === TASK);
  const shipped = task
    ? (fieldsOf(task.inputSchema).find(({ name }) => name === 'playbook')?.choices ?? [])
    : [];
  const begin = useQuery({
    queryKey: ['playbook', 'shipped', shipped[0]],
    queryFn: ({ signal }) => read({ shipped: shipped[0] ?? '' }, signal),
    enabled: !own && shipped.length > 0,
    staleTime: Infinity,
  });
  const shownText = own ? text : (begin.data?.text ?? '');
  const reading = useQuery({
    queryKey: ['playbook', 'text', rested],
    queryFn: ({ signal }) => read({ text: rested }, signal),
    enabled: own && rested.trim() !== '',
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  const now = own ? reading : begin;
  const empty = own && text.trim() === '';
  const fine = !empty && now.data?.faults.length === 0 && rested === text && !now.isPlaceholderData;
  const name = `${now.data?.name ?? 'playbook'}.yaml`;
  const file = () => new File([shownText], name, { type: 'application/yaml' });

  function write(next: string) {
    setOwn(true);
    setText(next);
  }

  // What is written while a text is on its way counts too.
  const writtenRef = useLatest({ own, text, opened });
  const openingRef = useRef(0);

  /** Opens another text, the one that was chosen last; what was written is not lost without asking. */
  async function open(source: Promise<string>) {
    const opening = ++openingRef.current;
    try {
      const next = await source;
      if (opening !== openingRef.current) return;
      const written = writtenRef.current;
      const loses =
        written.own && written.text.trim() !== '' && written.text !== written.opened && written.text !== next;
      const sure =
        !loses ||
        (await modal.confirm({
          title: t('playbooks.sure'),
          content: t('playbooks.loses'),
          okText: t('playbooks.replace'),
          cancelText: t('decision.cancel'),
        }));
      if (!sure) return;
      setOpened(next);
      write(next);
    } catch (error) {
      void message.error(t('playbooks.notOpened', { detail: told(error) }));
    }
  }

  const openShipped = (one: string) =>
    open(read({ shipped: one }, new AbortController().signal).then((shippedOne) => shippedOne.text));

  function goTo(line: number, column: number) {
    const area = field.current?.resizableTextArea?.textArea;
    if (!area) return;
    const at = Math.min(shownText.length, startOfLine(shownText, line) + Math.max(0, column - 1));
    area.focus();
    area.setSelectionRange(at, at);
    const height = Number.parseFloat(getComputedStyle(area).lineHeight);
    area.scrollTop = Math.max(0, (line - 4) * height);
  }

  function download() {
    const url = URL.createObjectURL(file());
    const link = document.createElement('a');
    link.href = url;
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  }

  return (
    <main id="content" className="page playbook">
      <h1>{t('playbooks.title')}</h1>
      <p className="lead">{t('playbooks.lead')}</p>
      <div className="listing-filters">
        <Select
          className="filter-task"
          aria-label={t('playbooks.begin')}
          placeholder={t('playbooks.begin')}
          value={null}
          options={shipped.map((value) => ({ value, label: t(`playbook.${value as 'SERVICES_BUYING'}`) }))}
          onChange={(one: string) => void openShipped(one)}
        />
        <Upload
          accept=".yaml,.yml,.json"
          showUploadList={false}
          beforeUpload={(chosen: File) => {
            void open(textOf(chosen));
            return false;
          }}
        >
          <Button>{t('playbooks.open')}</Button>
        </Upload>
        <Dropdown
          trigger={['click']}
          menu={{
            items: RULE_KINDS.map((kind) => ({ key: kind, label: t(`playbooks.kinds.${kind}`) })),
            onClick: ({ key }) => {
              const whole = `${shownText.trimEnd()}\n${ruleOf(key as (typeof RULE_KINDS)[number])}`;
              write(whole);
              requestAnimationFrame(() => goTo(shownText.trimEnd().split('\n').length + 1, 1));
            },
          }}
        >
          <Button icon={<PlusOutlined aria-hidden />}>{t('playbooks.addRule')}</Button>
        </Dropdown>
        <span className="playbook-take">
          <Button icon={<DownloadOutlined aria-hidden />} disabled={shownText === ''} onClick={download}>
            {t('playbooks.download')}
          </Button>
          <Button
            type="primary"
            icon={<FileSearchOutlined aria-hidden />}
            disabled={!fine}
            onClick={() => void navigate(`/tasks/${TASK}`, { state: { files: { playbookFile: file() } } })}
          >
            {t('playbooks.use')}
          </Button>
        </span>
      </div>
      <div className="playbook-columns">
        <label className="playbook-text" htmlFor="playbook-text">
          {t('playbooks.text')}
          <Input.TextArea
            id="playbook-text"
            ref={field}
            spellCheck={false}
            value={shownText}
            aria-describedby="playbook-reading"
            status={now.data && !fine && now.data.faults.length > 0 ? 'error' : ''}
            onChange={({ target }) => write(target.value)}
          />
        </label>
        {empty ? (
          <p id="playbook-reading" className="quiet">
            {t('playbooks.empty')}
          </p>
        ) : now.isLoadingError ? (
          <ProblemPanel error={now.error} onRetry={() => void now.refetch()} />
        ) : (
          <Reading reading={now.data} onLine={goTo} />
        )}
      </div>
    </main>
  );
}
