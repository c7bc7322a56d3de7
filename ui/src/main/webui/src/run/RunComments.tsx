import { CommentOutlined } from '@ant-design/icons';
import { Button, Drawer, Input } from 'antd';
import type { TextAreaRef } from 'antd/es/input/TextArea';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../api/queries';
import { holds } from '../api/rights';
import type { Run } from '../api/types';
import { useKept } from '../shell/useKept';
import { CommentList } from './CommentList';
import { useCommenting } from './useCommenting';
import { useKeys } from './useKeys';

/** All that was said of a run and its items, and room to say something of the run as a whole; the key N opens it. */
export function RunComments({ run }: { run: Run }) {
  const { t } = useTranslation();
  const may = holds(useMe().data, ['analyst', 'reviewer'], run.task);
  const [open, setOpen] = useState(false);
  const [text, setText] = useKept(`${run.id}.comment`);
  const [saving, setSaving] = useState(false);
  const field = useRef<TextAreaRef>(null);
  const say = useCommenting(run);
  const any = may || run.comments.length > 0;
  useKeys(any ? { N: () => setOpen(true) } : {});
  async function save() {
    if (saving || text.trim() === '') return;
    setSaving(true);
    if (await say(null, text.trim())) setText('');
    setSaving(false);
  }
  if (!any) return null;
  return (
    <>
      <Button
        icon={<CommentOutlined aria-hidden />}
        aria-label={t('comment.title')}
        aria-keyshortcuts="Shift+n"
        onClick={() => setOpen(true)}
      >
        <span className="wide-only">{t('comment.title')}</span> {run.comments.length}
      </Button>
      <Drawer
        title={t('comment.title')}
        open={open}
        onClose={() => setOpen(false)}
        afterOpenChange={(shown) => shown && field.current?.focus()}
        size={460}
      >
        <p className="quiet">{t('comment.lead')}</p>
        <CommentList comments={run.comments} withSubject />
        {may && (
          <form
            className="draft"
            onSubmit={(event) => {
              event.preventDefault();
              void save();
            }}
          >
            <label>
              {t('comment.ofRun')}
              <Input.TextArea
                ref={field}
                autoSize={{ minRows: 2, maxRows: 8 }}
                maxLength={8000}
                readOnly={saving}
                value={text}
                onChange={({ target }) => setText(target.value)}
                onKeyDown={(event) => {
                  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void save();
                }}
              />
            </label>
            <div className="decision-buttons">
              <Button type="primary" htmlType="submit" loading={saving} disabled={text.trim() === ''}>
                {t('decision.saveComment')}
              </Button>
            </div>
          </form>
        )}
      </Drawer>
    </>
  );
}
