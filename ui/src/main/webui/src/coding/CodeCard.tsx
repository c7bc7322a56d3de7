import {
  CommentOutlined,
  DeleteOutlined,
  StarFilled,
  StarOutlined,
  SwapOutlined,
  UndoOutlined,
} from '@ant-design/icons';
import { Button, Input, Segmented } from 'antd';
import type { TextAreaRef } from 'antd/es/input/TextArea';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Comment as CommentOfRun } from '../api/types';
import { useLanguage } from '../i18n';
import { dateTime, percent } from '../i18n/format';
import { Card } from '../review/panel/Card';
import { VERDICT_SIGNS, VerdictTag } from '../review/panel/Decisions';
import { Quote } from '../review/panel/Quote';
import { CommentList } from '../run/CommentList';
import { useKept } from '../shell/useKept';
import { ON_ADMISSION, type ListedCode, type OnAdmission } from './list';
import { PlaceView } from './PlaceView';
import { SeverityOfRule } from './RulesTab';
import type { CodingWarning, Scope } from './types';

/** What can be done with a code. */
export interface CodeActions {
  onSelect: (subject: string) => void;
  onShow: (subject: string) => void;
  onAccept: () => void;
  onReplace: () => void;
  onRemove: () => void;
  onRestore: () => void;
  onPrincipal: () => void;
  onAdmission: (poa: OnAdmission | null) => void;
  onComment: (text: string) => void;
  onCommenting: (open: boolean) => void;
}

interface Props extends CodeActions {
  run: string;
  one: ListedCode;
  selected: boolean;
  principal: boolean;
  aside?: boolean;
  warnings: CodingWarning[];
  comments: CommentOfRun[];
  scope: Scope;
  saving: boolean;
  commenting: boolean;
}

/** A code of the list; the selected one shows what it rests on, where it stands, and what can be done with it. */
export function CodeCard(props: Props) {
  const { one, selected, principal, aside, warnings, onSelect, onShow } = props;
  const { t } = useTranslation();
  const removed = one.state === 'REMOVED' && !aside;
  const share = one.proposed && percent(one.proposed.confidence);
  const assertion = one.proposed?.assertion;
  return (
    <Card
      id={one.subject}
      selected={selected}
      className={`item-code${removed ? ' item-removed' : ''}`}
      onSelect={onSelect}
      head={
        <>
          <span className="item-top">
            <span>
              <span className="code-name">{one.code}</span>
              {principal && (
                <span className="principal-sign">
                  <StarFilled aria-hidden /> {t('coding.isPrincipal')}
                </span>
              )}
            </span>
            <StateTag one={one} aside={aside === true} />
          </span>
          <span className="item-title">{one.title}</span>
          <span className="item-top code-signs">
            {share !== undefined && (
              <span className="confidence" title={t('clause.confidence', { percent: share })}>
                <span className="confidence-bar" aria-hidden>
                  <span style={{ width: `${share}%` }} />
                </span>
                <span className="visually-hidden">{t('clause.confidence', { percent: share })}</span>
                <span aria-hidden>{share} %</span>
              </span>
            )}
            {assertion && assertion !== 'PRESENT' && (
              <span className={`assertion assertion-${assertion.toLowerCase()}`}>
                {t(`coding.assertions.${assertion}`)}
              </span>
            )}
            {warnings.slice(0, 2).map((warning) => (
              <SeverityOfRule key={warning.kind + warning.citation} severity={warning.severity} />
            ))}
            {one.poa && (
              <span className="assertion" title={t(`coding.poa.${one.poa}`)}>
                {t('coding.poa.short', { poa: one.poa })}
              </span>
            )}
            {one.proposed && (
              <span className="quiet small">{t(`coding.sections.${one.proposed.section}`)}</span>
            )}
          </span>
        </>
      }
    >
      {one.state === 'REPLACED' && one.proposed && (
        <p className="quiet">
          {t('coding.replaced', { code: one.proposed.code, title: one.proposed.title })}
        </p>
      )}
      {one.words ? (
        <Quote
          quote={one.words.quote}
          page={null}
          show={t('coding.show')}
          onShow={() => onShow(one.subject)}
        />
      ) : (
        <p className="quiet">{t('coding.noWords')}</p>
      )}
      <Actions {...props} />
      {!aside && !removed && <Admission {...props} />}
      <Where code={one.code} scope={props.scope} />
    </Card>
  );
}

function StateTag({ one, aside }: { one: ListedCode; aside: boolean }) {
  const { t } = useTranslation();
  switch (one.state) {
    case 'ACCEPTED':
      return <VerdictTag verdict="ACCEPTED" />;
    case 'REPLACED':
      return <VerdictTag verdict="CORRECTED" />;
    case 'ADDED':
      return <span className="verdict verdict-corrected">{t('coding.added')}</span>;
    case 'REMOVED':
      return aside ? null : <span className="verdict verdict-rejected">{t('coding.removed')}</span>;
    case 'OPEN':
      return null;
  }
}

function Actions({ run, one, principal, aside, saving, commenting, comments, ...act }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const last = one.decisions.at(-1);
  const removed = one.state === 'REMOVED' || aside === true;
  return (
    <div className="decisions" role="group" aria-label={t('decision.group', { title: one.code })}>
      {last && (
        <p className="quiet small">{t('decision.by', { by: last.by, at: dateTime(last.at, language) })}</p>
      )}
      {one.decisions
        .filter((decision) => decision.comment)
        .map((decision) => (
          <p key={decision.id} className="decision-comment">
            <b>{decision.by}</b> {decision.comment}
          </p>
        ))}
      <CommentList comments={comments} />
      {commenting ? (
        <Comment key={one.subject} id={`${run}.${one.subject}`} one={one} saving={saving} {...act} />
      ) : (
        <div className="decision-buttons">
          {removed ? (
            <Button icon={<UndoOutlined aria-hidden />} loading={saving} onClick={act.onRestore}>
              {t(aside ? 'coding.take' : 'coding.restore')}
            </Button>
          ) : (
            <>
              {one.state === 'OPEN' && (
                <Button
                  icon={VERDICT_SIGNS.ACCEPTED}
                  loading={saving}
                  aria-keyshortcuts="a"
                  onClick={act.onAccept}
                >
                  {t('decision.accept')}
                </Button>
              )}
              <Button icon={<SwapOutlined aria-hidden />} aria-keyshortcuts="c" onClick={act.onReplace}>
                {t('coding.replace')}
              </Button>
              <Button icon={<DeleteOutlined aria-hidden />} aria-keyshortcuts="r" onClick={act.onRemove}>
                {t('coding.remove')}
              </Button>
              {!principal && (
                <Button icon={<StarOutlined aria-hidden />} aria-keyshortcuts="p" onClick={act.onPrincipal}>
                  {t('coding.makePrincipal')}
                </Button>
              )}
            </>
          )}
          <Button
            icon={<CommentOutlined aria-hidden />}
            aria-keyshortcuts="n"
            onClick={() => act.onCommenting(true)}
          >
            {t('coding.comment')}
          </Button>
        </div>
      )}
    </div>
  );
}

function Comment({
  id,
  one,
  saving,
  onComment,
  onCommenting,
}: Pick<Props, 'one' | 'saving' | 'onComment' | 'onCommenting'> & { id: string }) {
  const { t } = useTranslation();
  const [text, setText] = useKept(id);
  const field = useRef<TextAreaRef>(null);
  useEffect(() => field.current?.focus(), []);
  const save = () => {
    if (text.trim() !== '') onComment(text.trim());
  };
  return (
    <form
      className="draft"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <label>
        {t('coding.commentOn', { code: one.code })}
        <Input.TextArea
          ref={field}
          autoSize={{ minRows: 2, maxRows: 8 }}
          maxLength={8000}
          value={text}
          onChange={({ target }) => setText(target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') onCommenting(false);
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
          }}
        />
      </label>
      <div className="decision-buttons">
        <Button type="primary" htmlType="submit" loading={saving} disabled={text.trim() === ''}>
          {t('decision.saveComment')}
        </Button>
        <Button onClick={() => onCommenting(false)}>{t('decision.cancel')}</Button>
      </div>
    </form>
  );
}

/** Whether it was present on admission: nobody's guess but the coder's. */
function Admission({ one, saving, onAdmission }: Props) {
  const { t } = useTranslation();
  return (
    <div className="admission" role="group" aria-label={t('coding.poa.of', { code: one.code })}>
      <span className="quiet small">{t('coding.poa.title')}</span>
      <Segmented<OnAdmission | ''>
        size="small"
        disabled={saving}
        value={one.poa ?? ''}
        options={[
          { value: '' as const, label: '–', title: t('coding.poa.none') },
          ...ON_ADMISSION.map((poa) => ({ value: poa, label: poa, title: t(`coding.poa.${poa}`) })),
        ]}
        onChange={(poa) => onAdmission(poa === '' ? null : poa)}
      />
      <span className="quiet small">{t(one.poa ? `coding.poa.${one.poa}` : 'coding.poa.none')}</span>
    </div>
  );
}

function Where({ code, scope }: { code: string; scope: Scope }) {
  const { t } = useTranslation();
  const [at, setAt] = useState<string | null>(null);
  if (at === null) {
    return (
      <button type="button" className="text-button flush" onClick={() => setAt(code)}>
        {t('coding.where')}
      </button>
    );
  }
  return <PlaceView at={at} scope={scope} onGo={setAt} />;
}
