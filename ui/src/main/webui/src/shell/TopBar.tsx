import { HistoryOutlined, LogoutOutlined, PlusOutlined, UserOutlined } from '@ant-design/icons';
import { Button, Drawer, Dropdown, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { useSignOut, useTasks } from '../api/queries';
import type { Me } from '../api/types';
import { useLanguage } from '../i18n';
import { RecentRuns } from './RecentRuns';
import { Seal } from './Seal';
import { LanguageSwitch, ThemeSwitch } from './Switches';

export function TopBar({ me }: { me: Me }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const tasks = useTasks().data ?? [];
  const signOut = useSignOut();
  const navigate = useNavigate();
  const { task } = useParams();
  const [recent, setRecent] = useState(false);
  return (
    <header className="top-bar">
      <Link to="/" className="brand">
        <Seal />
        <span className="brand-name">
          Baigong <span lang="zh">百工</span>
        </span>
      </Link>
      {tasks.length > 1 && (
        <Select
          className="top-task"
          variant="borderless"
          aria-label={t('shell.tasks')}
          value={task ?? null}
          placeholder={t('shell.tasks')}
          options={tasks.map((one) => ({ value: one.id, label: one.title[language] }))}
          onChange={(id) => void navigate(`/tasks/${id}`)}
        />
      )}
      <nav className="top-actions">
        <Link to="/" className="ant-btn-like">
          <PlusOutlined aria-hidden /> <span className="wide-only">{t('shell.newRun')}</span>
          <span className="narrow-only visually-hidden">{t('shell.newRun')}</span>
        </Link>
        <Button
          type="text"
          icon={<HistoryOutlined />}
          aria-label={t('shell.recent')}
          onClick={() => setRecent(true)}
        >
          <span className="wide-only">{t('shell.recent')}</span>
        </Button>
        <LanguageSwitch />
        <ThemeSwitch />
        <Dropdown
          trigger={['click']}
          menu={{
            items: [
              { key: 'name', label: <b>{me.name}</b>, disabled: true },
              { key: 'out', icon: <LogoutOutlined />, label: t('shell.signOut') },
            ],
            onClick: ({ key }) => {
              if (key === 'out') signOut.mutate();
            },
          }}
        >
          <Button type="text" icon={<UserOutlined />} aria-label={t('shell.account', { name: me.name })}>
            <span className="wide-only">{me.name}</span>
          </Button>
        </Dropdown>
      </nav>
      <Drawer
        title={t('shell.recent')}
        open={recent}
        onClose={() => setRecent(false)}
        size={420}
        styles={{ body: { padding: 0 } }}
      >
        <RecentRuns limit={50} onOpen={() => setRecent(false)} />
      </Drawer>
    </header>
  );
}
