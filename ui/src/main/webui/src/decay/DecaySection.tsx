import { App, Button, Skeleton, Tag } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { told } from '../api/client';
import { useMe, useTasks } from '../api/queries';
import { useLanguage } from '../i18n';
import { dateTime } from '../i18n/format';
import { ProblemPanel } from '../shell/ProblemPanel';
import { useAcknowledgement, useDecay, useRetraining } from './queries';
import { figures, isOpen, lines, type Line } from './summary';
import { Trend } from './Trend';
import type { Alert, Series, TaskDecay } from './types';
import './decay.css';

const COLOURS = {
  TOO_FEW: 'default',
  STEADY: 'success',
  SHIFTING: 'warning',
  DRIFTED: 'error',
} as const;

/** How inputs, answers and people's decisions move away from what they were. */
export function DecaySection() {
  const { t } = useTranslation();
  const language = useLanguage();
  const decay = useDecay();
  const looked = decay.data?.looked;
  const section = useRef<HTMLElement>(null);
  const wanted = useLocation().hash === '#decay';
  useEffect(() => {
    if (wanted && !decay.isPending) section.current?.scrollIntoView();
  }, [wanted, decay.isPending]);
  return (
    <section ref={section} aria-labelledby="decay" className="decay">
      <h2 id="decay">{t('decay.title')}</h2>
      <p className="quiet">
        {t('decay.lead')} {looked && t('decay.looked', { time: dateTime(looked, language) })}
      </p>
      {decay.isPending ? (
        <Skeleton active />
      ) : decay.isError ? (
        <ProblemPanel error={decay.error} onRetry={() => void decay.refetch()} />
      ) : decay.data.tasks.length === 0 ? (
        <p className="card padded">{t('decay.nothing')}</p>
      ) : (
        decay.data.tasks.map((task) => <Watched key={task.task} watched={task} />)
      )}
    </section>
  );
}

function Watched({ watched }: { watched: TaskDecay }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const owns = useMe().data?.roles.includes('model-owner') ?? false;
  const title = useTasks().data?.find(({ id }) => id === watched.task)?.title[language] ?? watched.task;
  const measured = watched.series.filter(({ measures }) => measures.length > 0);
  return (
    <article className="card padded decay-task">
      <div className="section-head">
        <h3>{title}</h3>
        {owns &&
          watched.retraining.map((recipe) => <Retrain key={recipe} task={watched.task} recipe={recipe} />)}
      </div>
      <ul>
        {watched.alerts.filter(isOpen).map((alert) => (
          <AlertLine key={alert.id} alert={alert} owns={owns} />
        ))}
      </ul>
      {measured.length === 0 && <p className="quiet">{t('decay.learning')}</p>}
      {measured.map((series) => (
        <SeriesTable key={series.id} series={series} />
      ))}
    </article>
  );
}

function AlertLine({ alert, owns }: { alert: Alert; owns: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { message } = App.useApp();
  const acknowledgement = useAcknowledgement();
  return (
    <li className="decay-alert">
      <Tag color="error">{t('decay.states.DRIFTED')}</Tag>
      <span>
        <b>{t(`decay.kinds.${alert.kind}`)}</b> <span className="mono">{alert.name}</span>{' '}
        {figures(alert, (value) => t('decay.before', { value }))}{' '}
        <span className="quiet">{t('decay.since', { time: dateTime(alert.opened, language) })}</span>
      </span>
      {alert.acknowledgedBy ? (
        <span className="quiet">{t('decay.acknowledgedBy', { name: alert.acknowledgedBy })}</span>
      ) : (
        owns && (
          <Button
            size="small"
            loading={acknowledgement.isPending}
            onClick={() =>
              acknowledgement.mutate(alert.id, {
                onError: (error) => void message.error(told(error)),
              })
            }
          >
            {t('decay.acknowledge')}
          </Button>
        )
      )}
    </li>
  );
}

function SeriesTable({ series }: { series: Series }) {
  const { t } = useTranslation();
  const name =
    series.id === ''
      ? t('decay.allRuns')
      : series.models.length === 0
        ? t('decay.noModel')
        : series.models.map((one) => t('run.model', one)).join(', ');
  return (
    <table className="decay-table">
      <caption>{name}</caption>
      <thead>
        <tr>
          <th scope="col">{t('decay.what')}</th>
          <th scope="col">{t('decay.state')}</th>
          <th scope="col">{t('decay.most')}</th>
          <th scope="col">{t('decay.runs')}</th>
          <th scope="col">{t('decay.trend')}</th>
        </tr>
      </thead>
      <tbody>
        {lines(series).map((line) => (
          <Row key={line.kind} line={line} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ line }: { line: Line }) {
  const { t } = useTranslation();
  const [worst, ...rest] = line.measures;
  const before = (value: string) => t('decay.before', { value });
  return (
    <tr>
      <th scope="row">{t(`decay.kinds.${line.kind}`)}</th>
      <td>
        <Tag color={COLOURS[line.state]}>{t(`decay.states.${line.state}`)}</Tag>
      </td>
      <td>
        <span className="mono">{worst.name}</span> {figures(worst, before)}
        {rest.length > 0 && (
          <details>
            <summary className="quiet">{t('decay.others', { count: rest.length })}</summary>
            <ul className="quiet">
              {rest.map((one) => (
                <li key={one.name + one.statistic}>
                  <span className="mono">{one.name}</span> {figures(one, before)}
                </li>
              ))}
            </ul>
          </details>
        )}
      </td>
      <td className="number">{t('decay.counts', { current: worst.current, reference: worst.reference })}</td>
      <td>
        <Trend points={worst.history} label={t('decay.trendOf', { name: worst.name })} />
      </td>
    </tr>
  );
}

function Retrain({ task, recipe }: { task: string; recipe: string }) {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const navigate = useNavigate();
  const retraining = useRetraining();
  const begin = () =>
    retraining.mutateAsync({ task, recipe }).then(
      ({ cases, training }) => {
        message.success(t('decay.retraining', { count: cases }));
        void navigate(`/training/${training.id}`);
      },
      (error: unknown) => void message.error(told(error)),
    );
  return (
    <Button
      size="small"
      loading={retraining.isPending}
      onClick={() =>
        void modal.confirm({
          title: t('decay.retrain'),
          content: t('decay.retrainHint', { recipe }),
          okText: t('decay.retrain'),
          onOk: begin,
        })
      }
    >
      {t('decay.retrain')}
    </Button>
  );
}
