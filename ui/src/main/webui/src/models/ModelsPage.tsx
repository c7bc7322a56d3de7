import { Skeleton, Tag, type TableColumnsType } from 'antd';
import Markdown from 'react-markdown';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import remarkGfm from 'remark-gfm';
import { useModelCard, useModels } from '../api/queries';
import type { Serving } from './types';
import { DecaySection } from '../decay/DecaySection';
import { useTaskTitle } from '../run/useTaskTitle';
import { ProblemPanel } from '../shell/ProblemPanel';
import { sharesInWords } from './figures';
import { Versions } from './Versions';
import { WideTable } from '../shell/WideTable';
import './models.css';

/** Whether a registered model can fill the role. */
const versioned = ({ kind }: Serving) => kind === 'TOKEN_CLASSIFICATION' || kind === 'PREDICTION';

/** Which model fills which role, and the card of one. */
export default function ModelsPage() {
  const { t } = useTranslation();
  const { role } = useParams();
  const models = useModels();
  const chosen = models.data?.find((one) => one.role === role);
  const title = useTaskTitle();
  const columns: TableColumnsType<Serving> = [
    {
      key: 'role',
      title: t('models.role'),
      render: (_, one) => (
        <>
          <Link to={`/models/${one.role}`}>{one.role}</Link>
          {one.waiting > 0 && (
            <Tag color="processing" className="waiting">
              {t('models.waiting', { count: one.waiting })}
            </Tag>
          )}
        </>
      ),
    },
    { key: 'kind', title: t('models.kind'), render: (_, one) => t(`models.kinds.${one.kind}`) },
    {
      key: 'model',
      title: t('models.model'),
      render: (_, one) =>
        one.name ? (
          t('run.model', { name: one.name, version: one.version })
        ) : (
          <span className="quiet">–</span>
        ),
    },
    {
      key: 'origin',
      title: t('models.origin'),
      render: (_, one) => (
        <>
          <Tag>{t(`models.origins.${one.origin}`)}</Tag>
          {one.shares && <span className="quiet">{sharesInWords(one.shares, t)}</span>}
        </>
      ),
    },
    { key: 'tasks', title: t('models.tasks'), render: (_, one) => one.tasks.map(title).join(', ') },
  ];
  return (
    <main id="content" className="page">
      <h1>{t('room.models')}</h1>
      <p className="lead">{t('models.lead')}</p>
      {models.isError ? (
        <ProblemPanel error={models.error} onRetry={() => void models.refetch()} />
      ) : (
        <WideTable
          label={t('room.models')}
          rowKey="role"
          size="middle"
          columns={columns}
          dataSource={models.data ?? []}
          loading={models.isPending}
          pagination={false}
          rowClassName={(one) => (one.role === role ? 'chosen-row' : '')}
        />
      )}
      {chosen && versioned(chosen) && <Versions key={`${chosen.role} versions`} role={chosen.role} />}
      {role ? <Card key={role} role={role} /> : <DecaySection />}
    </main>
  );
}

/** Raw HTML in a card is shown as text. */
function Card({ role }: { role: string }) {
  const { t } = useTranslation();
  const card = useModelCard(role);
  if (card.isPending) return <Skeleton active />;
  if (card.isError) return <ProblemPanel error={card.error} onRetry={() => void card.refetch()} />;
  return (
    <section aria-label={t('models.card', { role })} className="card model-card">
      {card.data.card ? (
        <Markdown remarkPlugins={[remarkGfm]} components={{ h1: 'h2', h2: 'h3', h3: 'h4' }}>
          {card.data.card}
        </Markdown>
      ) : (
        <p className="quiet">{t('models.noCard')}</p>
      )}
    </section>
  );
}
