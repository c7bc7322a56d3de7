import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Run } from '../api/types';
import { useLanguage, type Language } from '../i18n';
import { count, dateTime, percent, words } from '../i18n/format';
import { useEarlier } from './queries';
import { SignalsChart } from './SignalsChart';
import type { Alarm, Life, MachineStatus } from './types';

const share = (value: number) => `${percent(value)} %`;
const rounded = (value: number) => Math.round(value);

/** All that is known of one machine. */
export function MachineDetail({ run, status, alarms }: { run: Run; status: MachineStatus; alarms: Alarm[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { action } = status;
  return (
    <article className="machine">
      <header className="machine-head">
        <div>
          <h2>
            {t('maintenance.machine')} {status.machine}
          </h2>
          {status.asOf && (
            <p className="quiet small">{t('maintenance.asOf', { time: dateTime(status.asOf, language) })}</p>
          )}
        </div>
        <Health value={status.health} />
      </header>
      <p className={`machine-action action-${action.kind.toLowerCase()}`}>
        <b>{t(`maintenance.actions.${action.kind}`)}</b> {action.text[language]}
        {action.cost != null && action.costOfWaiting != null && (
          <span className="quiet">
            {' '}
            {t('maintenance.cost', {
              cost: count(rounded(action.cost), language),
              waiting: count(rounded(action.costOfWaiting), language),
            })}
          </span>
        )}
      </p>
      <div className="machine-columns">
        <section>
          <h3>{t('maintenance.life')}</h3>
          {status.life ? <LifeBand life={status.life} /> : <p className="quiet">{t('maintenance.noLife')}</p>}
        </section>
        <section>
          <h3>{t('maintenance.earlier')}</h3>
          <EarlierHealth machine={status.machine} />
        </section>
      </div>
      <section>
        <h3>{t('maintenance.signals')}</h3>
        <SignalsChart run={run} machine={status.machine} alarms={alarms} />
      </section>
      <div className="machine-columns">
        <section>
          <h3>{t('maintenance.why')}</h3>
          <Why status={status} />
        </section>
        <section>
          {status.components.length > 0 && <Components status={status} language={language} />}
          {status.similar.length > 0 && (
            <>
              <h3>{t('maintenance.similar')}</h3>
              <ul className="plain-list">
                {status.similar.map((one) => (
                  <li key={one.machine + one.failedAt}>
                    {t('maintenance.similarLine', { ...one, time: dateTime(one.failedAt, language) })}
                  </li>
                ))}
              </ul>
            </>
          )}
        </section>
      </div>
    </article>
  );
}

const grade = (health: number) => (health < 30 ? 'low' : health < 70 ? 'middle' : 'high');

export function Health({ value }: { value: number }) {
  const { t } = useTranslation();
  return (
    <span
      className={`health health-${grade(value)}`}
      role="img"
      aria-label={t('maintenance.health', { health: rounded(value) })}
    >
      <span className="health-bar" aria-hidden>
        <span style={{ width: `${Math.max(2, value)}%` }} />
      </span>
      <b aria-hidden>{rounded(value)}</b>
    </span>
  );
}

/** The median life on its interval. */
function LifeBand({ life }: { life: Life }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const shown = (value: number) =>
    t(`maintenance.${life.unit}`, { count: rounded(value), text: count(rounded(value), language) });
  const most = life.high * 1.08 || 1;
  const at = (value: number) => (100 * value) / most;
  const value = life.isBeyond ? t('maintenance.beyond', { value: shown(life.value) }) : shown(life.value);
  return (
    <>
      <svg viewBox="0 0 100 12" preserveAspectRatio="none" className="life" aria-hidden>
        <line x1="0" x2="100" y1="6" y2="6" className="life-axis" />
        <rect
          x={at(life.low)}
          width={Math.max(0.5, at(life.high - life.low))}
          y="2"
          height="8"
          className="life-band"
        />
        <line x1={at(life.value)} x2={at(life.value)} y1="0" y2="12" className="life-value" />
      </svg>
      <p>
        {t('maintenance.lifeIs', {
          value,
          low: shown(life.low),
          high: shown(life.high),
          percent: percent(life.coverage),
        })}
      </p>
    </>
  );
}

function EarlierHealth({ machine }: { machine: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <ol className="earlier">
      {useEarlier(machine).map(({ run, at, health }) => (
        <li key={run}>
          <Link
            to={`/runs/${run}?machine=${encodeURIComponent(machine)}`}
            aria-label={`${dateTime(at, language)}, ${t('maintenance.health', { health: rounded(health) })}`}
            title={dateTime(at, language)}
          >
            <span
              className={`earlier-bar health-${grade(health)}`}
              style={{ height: `${Math.max(4, health)}%` }}
            />
            <span className="small">{rounded(health)}</span>
          </Link>
        </li>
      ))}
    </ol>
  );
}

/** What adds to the answer goes right of the line, what takes from it left. */
function Why({ status }: { status: MachineStatus }) {
  const { t } = useTranslation();
  const most = Math.max(...status.why.map(({ effect }) => Math.abs(effect)), 1e-9);
  return (
    <>
      <p className="quiet small">
        {status.worst
          ? t('maintenance.whyFailure', { component: status.worst })
          : t(status.life?.unit === 'CYCLES' ? 'maintenance.whyLife' : 'maintenance.components')}
      </p>
      <ul className="why">
        {status.why.map(({ feature, value, effect }) => {
          const width = (50 * Math.abs(effect)) / most;
          return (
            <li key={feature}>
              <span>
                {words(feature)}
                {value != null && <span className="quiet"> {value.toPrecision(3)}</span>}
              </span>
              <span className="why-bar" aria-hidden>
                <span
                  className={effect < 0 ? 'why-less' : 'why-more'}
                  style={{ width: `${width}%`, left: `${effect < 0 ? 50 - width : 50}%` }}
                />
              </span>
              <span className="numeric">
                {effect > 0 ? '+' : '−'}
                {Math.abs(effect).toFixed(2)}
                <span className="visually-hidden">
                  {' '}
                  {t(effect > 0 ? 'maintenance.more' : 'maintenance.less')}
                </span>
              </span>
            </li>
          );
        })}
      </ul>
    </>
  );
}

function Components({ status, language }: { status: MachineStatus; language: Language }) {
  const { t } = useTranslation();
  return (
    <>
      <h3>{t('maintenance.components')}</h3>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls sideways, so a keyboard must reach it */}
      <div className="generic-table" tabIndex={0} role="region" aria-label={t('maintenance.components')}>
        <table className="components">
          <thead>
            <tr>
              <th scope="col">{t('maintenance.component')}</th>
              <th scope="col">{t('maintenance.within24h')}</th>
              <th scope="col">{t('maintenance.within72h')}</th>
              <th scope="col">{t('maintenance.within14d')}</th>
              <th scope="col">{t('maintenance.replaced')}</th>
            </tr>
          </thead>
          <tbody>
            {status.components.map((one) => (
              <tr key={one.component}>
                <th scope="row">{one.component}</th>
                <td>{share(one.within24h)}</td>
                <td>{share(one.within72h)}</td>
                <td>{share(one.within14d)}</td>
                <td>
                  {one.daysSinceReplacement == null
                    ? '–'
                    : t('maintenance.daysAgo', {
                        count: rounded(one.daysSinceReplacement),
                        text: count(rounded(one.daysSinceReplacement), language),
                      })}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
