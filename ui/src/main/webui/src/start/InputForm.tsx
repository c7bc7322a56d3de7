import { FileTextOutlined, InboxOutlined, UploadOutlined } from '@ant-design/icons';
import { Button, Form, Input, InputNumber, Select, Switch, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import type { Task } from '../api/types';
import { en } from '../i18n/en';
import { LANGUAGES, useLanguage } from '../i18n';
import { words } from '../i18n/format';
import { useKept } from '../shell/useKept';
import { fieldsOf, type Field } from './schema';

type Values = Record<string, File | string | number | boolean | null | undefined>;

const known = <T extends object>(names: T, name: string): name is Extract<keyof T, string> => name in names;

/** What was typed before, by the name of its field. */
function keptTexts(kept: string): Record<string, string> {
  return kept === '' ? {} : (JSON.parse(kept) as Record<string, string>);
}

/** A form made from a task's input schema. */
export function InputForm({
  task,
  disabled,
  onSubmit,
}: {
  task: Task;
  disabled: boolean;
  onSubmit: (input: FormData) => void;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const fields = fieldsOf(task.inputSchema);
  const given = (useLocation().state as { files?: Record<string, File> } | null)?.files;
  const [texts, setTexts] = useKept(`start.${task.id}`);
  const [values, setValues] = useState<Values>(() => ({ ...keptTexts(texts), ...given }));
  const [complaint, setComplaint] = useState(false);
  const main = fields.find((field) => field.kind === 'file' && field.required);
  const review = task.id === 'finance.contract-review';

  const set = (name: string, value: Values[string]) => {
    setValues((before) => ({ ...before, [name]: value }));
    if (fields.some((field) => field.name === name && field.kind === 'text')) {
      setTexts(JSON.stringify({ ...keptTexts(texts), [name]: value }));
    }
    setComplaint(false);
  };
  const valueOf = (field: Field) =>
    field.name === 'language' ? (values[field.name] ?? language) : values[field.name];

  function submit() {
    const input = new FormData();
    for (const field of fields) {
      const value = valueOf(field);
      if (value instanceof File) input.append(field.name, value, value.name);
      else if (value !== undefined && value !== null && value !== '') input.append(field.name, String(value));
      else if (field.required) {
        setComplaint(true);
        return;
      }
    }
    onSubmit(input);
  }

  const label = (name: string) => {
    if (!review && name === 'language') return t('field.answerLanguage');
    if (name === 'date') return t('field.date');
    return review && known(en.field, name) ? t(`field.${name}`) : words(name);
  };
  const choice = (name: string) => (known(en.playbook, name) ? t(`playbook.${name}`) : words(name));

  function control(field: Field) {
    const value = values[field.name];
    const id = `input-${field.name}`;
    if (field.name === 'language' && field.kind === 'text') {
      const options = LANGUAGES.map((one) => ({ value: one, label: t(`languageName.${one}`) }));
      const shown = valueOf(field);
      return (
        <Select
          id={id}
          options={options}
          value={shown as string}
          onChange={(one: string) => set(field.name, one)}
        />
      );
    }
    if (field.name === 'date' && field.kind === 'text') {
      return (
        <Input
          id={id}
          type="date"
          value={(value as string | undefined) ?? ''}
          onChange={({ target }) => set(field.name, target.value)}
        />
      );
    }
    switch (field.kind) {
      case 'file':
        return (
          <Upload
            id={id}
            maxCount={1}
            fileList={value instanceof File ? [{ uid: field.name, name: value.name, size: value.size }] : []}
            beforeUpload={(file) => {
              set(field.name, file);
              return false;
            }}
            onRemove={() => set(field.name, null)}
          >
            <Button icon={<UploadOutlined />}>{t('field.file')}</Button>
          </Upload>
        );
      case 'choice':
        return (
          <Select
            id={id}
            allowClear={!field.required}
            placeholder={t('start.standard')}
            disabled={field.name === 'playbook' && values.playbookFile instanceof File}
            options={field.choices.map((one) => ({ value: one, label: choice(one) }))}
            value={(value as string | undefined) ?? null}
            onChange={(one: string | null) => set(field.name, one)}
          />
        );
      case 'truth':
        return <Switch id={id} checked={value === true} onChange={(on) => set(field.name, on)} />;
      case 'number':
        return (
          <InputNumber
            id={id}
            value={value as number | null}
            onChange={(n) => set(field.name, n)}
            style={{ width: '100%' }}
          />
        );
      case 'text':
        return (
          <Input.TextArea
            id={id}
            autoSize={{ minRows: 1, maxRows: 8 }}
            value={(value as string | undefined) ?? ''}
            onChange={(event) => set(field.name, event.target.value)}
          />
        );
    }
  }

  const file = main ? values[main.name] : undefined;
  return (
    <Form layout="vertical" disabled={disabled} onFinish={submit} requiredMark={false} className="input-form">
      {main && (
        <Upload.Dragger
          className="drop"
          id={`input-${main.name}`}
          maxCount={1}
          showUploadList={false}
          {...(review ? { accept: '.pdf,.docx,.html,.htm,.txt' } : {})}
          beforeUpload={(chosen) => {
            set(main.name, chosen);
            return false;
          }}
        >
          {file instanceof File ? (
            <>
              <FileTextOutlined className="drop-icon" aria-hidden />
              <p className="drop-title">{file.name}</p>
              <p className="quiet">
                {Math.max(1, Math.round(file.size / 1024)).toLocaleString()} KB · {t('start.replace')}
              </p>
            </>
          ) : (
            <>
              <InboxOutlined className="drop-icon" aria-hidden />
              <p className="drop-title">{t('start.drop')}</p>
              {review && <p className="quiet">{t('start.dropHint')}</p>}
            </>
          )}
        </Upload.Dragger>
      )}
      <div className="input-fields">
        {fields
          .filter((field) => field !== main)
          .sort((a, b) => Number(a.kind === 'file') - Number(b.kind === 'file'))
          .map((field) => (
            <Form.Item
              key={field.name}
              label={label(field.name)}
              htmlFor={`input-${field.name}`}
              {...(field.name === 'playbookFile'
                ? {
                    extra: (
                      <>
                        <div>{t('field.playbookHint')}</div>
                        <div>
                          <Link to={`/tasks/${task.id}/playbook`}>{t('playbooks.edit')}</Link>
                        </div>
                      </>
                    ),
                  }
                : {})}
            >
              {control(field)}
            </Form.Item>
          ))}
      </div>
      {complaint && (
        <p role="alert" className="bad">
          {main && !(file instanceof File) ? t('start.missing') : t('signIn.required')}
        </p>
      )}
      <Button type="primary" htmlType="submit" size="large" className="submit">
        {review ? t('start.submit') : t('start.submitGeneric')}
      </Button>
    </Form>
  );
}
