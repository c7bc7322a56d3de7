import { DownloadOutlined, SafetyCertificateOutlined } from '@ant-design/icons';
import { Alert, Button, Input, Progress } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { AUDIT_EXPORT, verifyAudit } from '../api/client';
import type { AuditVerification } from '../api/types';
import { useLanguage } from '../i18n';
import { count } from '../i18n/format';
import { ProblemPanel } from '../shell/ProblemPanel';
import { useHead } from './queries';

/** The whole log: verified by the suite, taken away to be verified by others, and the key that it takes. */
export function VerifyTab() {
  const { t } = useTranslation();
  return (
    <div className="audit-tab">
      <Verify />
      <section className="card audit-card">
        <h2>{t('audit.export')}</h2>
        <p>{t('audit.exportLead')}</p>
        <code className="audit-code">
          python3 deploy/audit-verifier/verify.py audit-log.zip --key audit.pub
        </code>
        <Button icon={<DownloadOutlined />} href={AUDIT_EXPORT}>
          {t('audit.exportDo')}
        </Button>
      </section>
      <Key />
    </div>
  );
}

function Verify() {
  const { t } = useTranslation();
  const language = useLanguage();
  const [share, setShare] = useState<{ entries: number; of: number } | null>(null);
  const [result, setResult] = useState<AuditVerification | Error | null>(null);
  const running = useRef<AbortController>(null);

  async function verify() {
    const call = new AbortController();
    running.current = call;
    setResult(null);
    setShare({ entries: 0, of: 0 });
    try {
      setResult(await verifyAudit((entries, of) => setShare({ entries, of }), call.signal));
    } catch (error) {
      if (!call.signal.aborted) setResult(error instanceof Error ? error : new Error(String(error)));
    } finally {
      setShare(null);
    }
  }

  return (
    <section className="card audit-card" aria-live="polite">
      <h2>{t('audit.verify')}</h2>
      <p>{t('audit.verifyLead')}</p>
      {share ? (
        <div className="audit-progress">
          <Progress
            aria-label={t('audit.verify')}
            percent={share.of > 0 ? Math.floor((100 * share.entries) / share.of) : 0}
          />
          <Button onClick={() => running.current?.abort()}>{t('start.cancel')}</Button>
        </div>
      ) : (
        <Button type="primary" icon={<SafetyCertificateOutlined />} onClick={() => void verify()}>
          {t('audit.verifyDo')}
        </Button>
      )}
      {result instanceof Error && <ProblemPanel error={result} />}
      {result && !(result instanceof Error) && (
        <Found result={result} text={count(result.entries, language)} />
      )}
    </section>
  );
}

function Found({ result, text }: { result: AuditVerification; text: string }) {
  const { t } = useTranslation();
  const { tampering } = result;
  if (!tampering) return <Alert type="success" showIcon title={t('audit.whole', { text })} />;
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={t('audit.tampered', { kind: tampering.kind })}
      description={
        <>
          <p>{tampering.detail}</p>
          {tampering.seq >= 0 && (
            <Link to={`/audit/${tampering.seq}`}>{t('audit.openEntry', { seq: tampering.seq })}</Link>
          )}
        </>
      }
    />
  );
}

/** A key from the suite proves little alone: it is compared with one that came another way. */
function Key() {
  const { t } = useTranslation();
  const key = useHead().data?.key;
  const [given, setGiven] = useState('');
  if (!key) return null;
  const other = given.trim();
  return (
    <section className="card audit-card">
      <h2>{t('audit.key')}</h2>
      <p>{t('audit.keyLead')}</p>
      <code className="audit-code">{key}</code>
      <label className="audit-key">
        {t('audit.keyGiven')}
        <Input
          className="mono"
          value={given}
          status={other && other !== key ? 'error' : ''}
          onChange={({ target }) => setGiven(target.value)}
        />
      </label>
      {other && (
        <p role="status" className={other === key ? 'good' : 'bad'}>
          {t(other === key ? 'audit.keySame' : 'audit.keyOther')}
        </p>
      )}
    </section>
  );
}
