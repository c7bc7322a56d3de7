import { SearchOutlined } from '@ant-design/icons';
import { Input, Modal, Select, type InputRef } from 'antd';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemPanel } from '../shell/ProblemPanel';
import { force, keyOf, meant, scopeOf } from './editions';
import { PlaceView } from './PlaceView';
import { useCodeSearch, useEditions } from './queries';
import type { CodeLine, Scope, Words } from './types';

/** How long typing rests before the suite is asked, in milliseconds. */
const REST = 120;

function useRested(text: string): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = window.setTimeout(() => setRested(text), REST);
    return () => window.clearTimeout(timer);
  }, [text]);
  return rested;
}

const optionId = (code: string) => `code-option-${code.replace(/\W/g, '-')}`;

/** Finds a code in the whole classification, by words or by going down from a chapter. */
export function CodeSearch({
  replaces,
  evidence,
  scope: first,
  onChoose,
  onClose,
}: {
  /** The edition of the record. */
  scope: Scope;
  /** The code that the chosen one shall take the place of. */
  replaces: string | null;
  evidence: Words | null;
  onChoose: (code: CodeLine) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  const [place, setPlace] = useState(replaces ?? '');
  const [active, setActive] = useState<string | null>(null);
  const [scope, setScope] = useState(first);
  const editions = useEditions().data?.editions ?? [];
  const asked = useRested(words.trim());
  const search = useCodeSearch(asked, scope);
  const codes = asked === '' ? [] : (search.data?.codes ?? []);
  const field = useRef<InputRef>(null);
  useEffect(() => field.current?.focus(), []);
  const at = codes.findIndex((one) => one.code === active);
  const chosen = meant(editions, scope) ?? search.data?.edition;

  function keys(event: KeyboardEvent) {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const next = codes[Math.min(codes.length - 1, Math.max(0, at + (event.key === 'ArrowDown' ? 1 : -1)))];
      if (!next) return;
      setActive(next.code);
      setPlace(next.code);
      document.getElementById(optionId(next.code))?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter') {
      const chosen = codes[at === -1 ? 0 : at];
      if (!chosen) return;
      if (place === chosen.code) onChoose(chosen);
      else {
        setActive(chosen.code);
        setPlace(chosen.code);
      }
    }
  }

  return (
    <Modal
      open
      width={960}
      footer={null}
      onCancel={onClose}
      afterOpenChange={(open) => open && field.current?.focus()}
      title={replaces ? t('coding.search.titleReplace', { code: replaces }) : t('coding.search.title')}
      className="code-search"
    >
      {evidence && (
        <p className="code-evidence">
          <span className="quiet">{t('coding.selected')}</span> <q>{evidence.quote}</q>
        </p>
      )}
      <Input
        ref={field}
        maxLength={200}
        prefix={<SearchOutlined aria-hidden />}
        placeholder={t('coding.search.words')}
        aria-label={t('coding.search.words')}
        role="combobox"
        aria-expanded={codes.length > 0}
        aria-controls="code-options"
        {...(at === -1 ? {} : { 'aria-activedescendant': optionId(codes[at]?.code ?? '') })}
        value={words}
        onKeyDown={keys}
        onChange={({ target }) => {
          setWords(target.value);
          setActive(null);
        }}
      />
      <div className="code-edition">
        <p className="quiet small">{t('coding.search.hint')}</p>
        {editions.length > 1 && (
          <Select
            size="small"
            aria-label={t('coding.search.edition')}
            placeholder={t('coding.search.edition')}
            popupMatchSelectWidth={false}
            options={editions.map((one) => ({ value: keyOf(one), label: force(one) }))}
            value={chosen ? keyOf(chosen) : null}
            onChange={(key) => {
              const one = editions.find((each) => keyOf(each) === key);
              if (!one) return;
              setScope(scopeOf(one));
              setActive(null);
              setPlace('');
            }}
          />
        )}
      </div>
      {search.isError && <ProblemPanel error={search.error} onRetry={() => void search.refetch()} />}
      <div className="code-columns">
        {codes.length > 0 && (
          <div
            id="code-options"
            role="listbox"
            aria-label={t('coding.search.results')}
            className="code-options"
          >
            {codes.map((one) => (
              // The keyboard chooses from the field above.
              // eslint-disable-next-line jsx-a11y/click-events-have-key-events
              <div
                key={one.code}
                id={optionId(one.code)}
                role="option"
                tabIndex={-1}
                aria-selected={one.code === active}
                onClick={() => {
                  setActive(one.code);
                  setPlace(one.code);
                }}
                onDoubleClick={() => onChoose(one)}
              >
                <span className={`code-name ${one.billable ? '' : 'quiet'}`}>{one.code}</span> {one.title}
              </div>
            ))}
          </div>
        )}
        {asked !== '' && search.isSuccess && codes.length === 0 && (
          <p className="quiet" role="status">
            {t('coding.search.none')}
          </p>
        )}
        <PlaceView at={place} scope={scope} onGo={setPlace} onChoose={onChoose} />
      </div>
    </Modal>
  );
}
