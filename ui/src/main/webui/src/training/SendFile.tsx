import { FileTextOutlined, InboxOutlined } from '@ant-design/icons';
import { Button, Progress, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { percent } from '../i18n/format';
import { ProblemPanel } from '../shell/ProblemPanel';
import { sizeOf } from './names';
import { MOST_BYTES, type Sending } from './useSending';

/** Takes a file by drag and drop or by choice, and shows it on its way. */
export function SendFile({
  sending,
  onSend,
  onStop,
}: {
  sending: Sending | undefined;
  onSend: (file: File) => void;
  onStop: () => void;
}) {
  const { t } = useTranslation();
  const [tooLarge, setTooLarge] = useState<File>();
  const going = sending && !sending.kept && !sending.error;
  return (
    <>
      <Upload.Dragger
        showUploadList={false}
        disabled={!!going}
        beforeUpload={(file) => {
          const fits = file.size <= MOST_BYTES;
          setTooLarge(fits ? undefined : file);
          if (fits) onSend(file);
          return Upload.LIST_IGNORE;
        }}
      >
        {sending?.kept ? (
          <>
            <FileTextOutlined className="drop-icon" aria-hidden />
            <p className="drop-title">
              {t('training.form.sent', { name: sending.kept.name, size: sizeOf(sending.kept.bytes) })}
            </p>
            <p className="quiet">{t('start.replace')}</p>
          </>
        ) : (
          <>
            <InboxOutlined className="drop-icon" aria-hidden />
            <p className="drop-title">{t('training.form.drop')}</p>
            <p className="quiet">{t('training.form.dropHint')}</p>
          </>
        )}
      </Upload.Dragger>
      <div role="status" className="training-sending">
        {going && (
          <>
            <span className="training-file">
              {sending.share < 1
                ? t('training.form.sending', { name: sending.file.name, percent: percent(sending.share) })
                : t('training.form.keeping', { name: sending.file.name })}
            </span>
            <Button size="small" onClick={onStop}>
              {t('training.form.stop')}
            </Button>
          </>
        )}
      </div>
      {going && (
        <Progress
          percent={percent(sending.share)}
          size="small"
          showInfo={false}
          aria-label={sending.file.name}
        />
      )}
      {tooLarge && (
        <p role="alert" className="bad">
          {t('training.form.tooLarge', { name: tooLarge.name, size: sizeOf(tooLarge.size) })}
        </p>
      )}
      {sending?.error && <ProblemPanel error={sending.error} onRetry={() => onSend(sending.file)} />}
    </>
  );
}
