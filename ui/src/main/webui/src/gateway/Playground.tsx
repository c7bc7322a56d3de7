import { Alert, AutoComplete, Button, Input } from 'antd';
import { useRef, useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { told } from '../api/client';
import { modelsOf, streamChat } from './sse';

/** Asks a chat model as an outside program would, with a key that stays in this page. */
export function Playground() {
  const { t } = useTranslation();
  const [secret, setSecret] = useState('');
  const [models, setModels] = useState<string[]>([]);
  const [model, setModel] = useState('');
  const [question, setQuestion] = useState('');
  const [answer, setAnswer] = useState('');
  const [problem, setProblem] = useState('');
  const [took, setTook] = useState('');
  const running = useRef<AbortController | null>(null);
  const [busy, setBusy] = useState(false);

  function list() {
    setProblem('');
    modelsOf(secret.trim()).then(setModels, (error: unknown) => setProblem(told(error)));
  }

  async function ask(event: SyntheticEvent) {
    event.preventDefault();
    const abort = new AbortController();
    running.current = abort;
    setBusy(true);
    setAnswer('');
    setProblem('');
    setTook('');
    const begin = performance.now();
    let first = 0;
    try {
      await streamChat(
        secret.trim(),
        { model, messages: [{ role: 'user', content: question }] },
        (piece) => {
          first ||= performance.now() - begin;
          setAnswer((before) => before + piece);
        },
        abort.signal,
      );
      const all = performance.now() - begin;
      setTook(t('gateway.took', { first: Math.round(first || all), all: Math.round(all) }));
    } catch (error) {
      if (!abort.signal.aborted) setProblem(told(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <form className="playground" onSubmit={(event) => void ask(event)}>
      <label>
        <span>{t('gateway.key')}</span>
        <Input.Password
          value={secret}
          autoComplete="off"
          placeholder="bg-…"
          onChange={({ target }) => setSecret(target.value)}
          onBlur={() => {
            if (secret) list();
          }}
        />
        <span className="quiet small">{t('gateway.keyStays')}</span>
      </label>
      <label>
        <span>{t('models.model')}</span>
        <AutoComplete value={model} options={models.map((value) => ({ value }))} onChange={setModel} />
      </label>
      <label>
        <span>{t('gateway.question')}</span>
        <Input.TextArea
          rows={4}
          maxLength={20_000}
          value={question}
          onChange={({ target }) => setQuestion(target.value)}
        />
      </label>
      <div className="listing-filters">
        <Button type="primary" htmlType="submit" disabled={busy || !secret || !model || !question}>
          {t('gateway.ask')}
        </Button>
        {busy && <Button onClick={() => running.current?.abort()}>{t('start.cancel')}</Button>}
        {took && <span className="quiet">{took}</span>}
      </div>
      {problem && <Alert type="error" showIcon title={problem} />}
      <output className="card playground-answer" aria-live="polite" aria-busy={busy}>
        {answer || <span className="quiet">{t('gateway.answerHere')}</span>}
      </output>
    </form>
  );
}
