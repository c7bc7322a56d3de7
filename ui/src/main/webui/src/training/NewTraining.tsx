import { Form, InputNumber, Modal, Radio, Select, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useMe } from '../api/queries';
import { holds } from '../api/rights';
import { useLanguage } from '../i18n';
import { dateTime } from '../i18n/format';
import { ProblemPanel } from '../shell/ProblemPanel';
import { startTraining } from './api';
import { choicesOf, keyOf, sourcesOf, type DataSource } from './choices';
import { sizeOf } from './names';
import { useRecipes, useTrainingChange, useTrainingFiles } from './queries';
import { SendFile } from './SendFile';
import { useSending } from './useSending';

/** Asks for a recipe and data, and opens the training that it starts. */
export function NewTraining({ title, onClose }: { title: (task: string) => string; onClose: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const navigate = useNavigate();
  const me = useMe().data;
  const recipes = useRecipes();
  const files = useTrainingFiles().data ?? [];
  const add = useTrainingChange(startTraining);
  const { sending, send, stop } = useSending();
  const [key, setKey] = useState<string>();
  const [wish, setWish] = useState<DataSource>();
  const [before, setBefore] = useState<string>();
  const [seed, setSeed] = useState<number | null>(1);
  const [priority, setPriority] = useState<number | null>(0);
  const [tried, setTried] = useState(false);

  const own = (recipes.data ?? []).filter(({ task }) => holds(me, ['model-owner'], task));
  const recipe = own.find((one) => keyOf(one) === key);
  const sources = sourcesOf(recipe, files.length);
  const source = sources.find((one) => one === wish) ?? sources[0];
  const file = source === 'send' ? sending?.kept?.id : source === 'before' ? before : undefined;
  const lacking = source !== 'operator' && !file;

  function start() {
    setTried(true);
    if (!recipe || lacking) return;
    add.mutate(
      {
        task: recipe.task,
        recipe: recipe.recipe,
        ...(file ? { file } : {}),
        ...(seed === null ? {} : { seed }),
        ...(priority === null ? {} : { priority }),
      },
      { onSuccess: (training) => void navigate(`/training/${training.id}`) },
    );
  }

  const needed = (missing: boolean, help: string) =>
    tried && missing ? ({ validateStatus: 'error', help } as const) : {};
  const waiting = source === 'send' && sending && !sending.kept && !sending.error;
  return (
    <Modal
      open
      title={t('training.new')}
      okText={t('training.form.start')}
      cancelText={t('decision.cancel')}
      confirmLoading={add.isPending}
      onCancel={onClose}
      mask={{ closable: !key && !sending }}
      okButtonProps={{ htmlType: 'submit', form: 'training' }}
    >
      {recipes.isLoadingError ? (
        <ProblemPanel error={recipes.error} onRetry={() => void recipes.refetch()} />
      ) : recipes.isPending ? (
        <Skeleton active />
      ) : own.length === 0 ? (
        <p>{t('training.form.noRecipes')}</p>
      ) : (
        <Form id="training" layout="vertical" requiredMark={false} onFinish={start}>
          <Form.Item
            label={t('training.form.recipe')}
            htmlFor="training-recipe"
            extra={
              recipe
                ? t('training.form.recipeOf', { task: title(recipe.task), recipe: recipe.recipe })
                : t('training.form.recipeHint')
            }
            {...needed(!recipe, t('training.form.needsRecipe'))}
          >
            <Select
              id="training-recipe"
              value={key ?? null}
              virtual={false}
              options={choicesOf(own, title)}
              onChange={setKey}
            />
          </Form.Item>
          <Form.Item
            label={t('training.form.data')}
            {...needed(lacking, t(waiting ? 'training.form.wait' : 'training.form.needsData'))}
          >
            {sources.length > 1 && (
              <Radio.Group
                className="training-sources"
                aria-label={t('training.form.data')}
                value={source}
                onChange={({ target }) => setWish(target.value as DataSource)}
                options={sources.map((value) => ({ value, label: t(`training.form.${value}`) }))}
              />
            )}
            {source === 'send' && (
              <SendFile sending={sending} onSend={(chosen) => void send(chosen)} onStop={stop} />
            )}
            {source === 'before' && (
              <Select
                aria-label={t('training.form.file')}
                placeholder={t('training.form.choose')}
                value={before ?? null}
                options={files.map((one) => ({
                  value: one.id,
                  label: t('training.form.fileLine', {
                    name: one.name,
                    size: sizeOf(one.bytes),
                    time: dateTime(one.createdAt, language),
                    by: one.createdBy,
                  }),
                }))}
                onChange={setBefore}
              />
            )}
            {source === 'operator' && recipe && (
              <p className="quiet">{t('training.form.operatorHint', { recipe: recipe.recipe })}</p>
            )}
          </Form.Item>
          <Form.Item
            label={t('training.form.seed')}
            htmlFor="training-seed"
            extra={t('training.form.seedHint')}
          >
            <InputNumber
              id="training-seed"
              precision={0}
              min={Number.MIN_SAFE_INTEGER}
              max={Number.MAX_SAFE_INTEGER}
              value={seed}
              onChange={setSeed}
            />
          </Form.Item>
          <details className="training-more">
            <summary>{t('training.form.more')}</summary>
            <Form.Item
              label={t('training.form.priority')}
              htmlFor="training-priority"
              extra={t('training.form.priorityHint')}
            >
              <InputNumber
                id="training-priority"
                precision={0}
                min={-100}
                max={100}
                value={priority}
                onChange={setPriority}
              />
            </Form.Item>
          </details>
          {add.isError && <ProblemPanel error={add.error} />}
        </Form>
      )}
    </Modal>
  );
}
