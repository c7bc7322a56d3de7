import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { attachmentUrl } from '../api/client';
import { useLanguage } from '../i18n';
import { dateTime } from '../i18n/format';
import { ProblemPanel } from '../shell/ProblemPanel';
import { useGallery } from './queries';

/** The last pictures; fetched as they come into view. */
export function Gallery({ current }: { current: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const gallery = useGallery();
  if (gallery.isPending) return <Skeleton active className="padded" />;
  if (gallery.isError) return <ProblemPanel error={gallery.error} onRetry={() => void gallery.refetch()} />;
  return (
    <ul className="gallery">
      {gallery.data.items.map(({ id, name, startedAt, decided }) => (
        <li key={id}>
          <Link to={`/runs/${id}?tab=gallery`} aria-current={id === current ? 'page' : undefined}>
            <img src={attachmentUrl(id, 'picture')} alt="" loading="lazy" />
            <span className="gallery-name">{name}</span>
            <span className="quiet small">
              {dateTime(startedAt, language)}
              {decided > 0 && ` · ${t('defect.judged')}`}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
