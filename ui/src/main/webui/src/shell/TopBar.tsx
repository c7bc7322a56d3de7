import { HistoryOutlined, LogoutOutlined, MenuOutlined, UserOutlined } from '@ant-design/icons';
import { Button, Drawer, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSignOut } from '../api/queries';
import type { Me } from '../api/types';
import { Navigation } from './Navigation';
import { RecentRuns } from './RecentRuns';
import { Seal } from './Seal';
import { LanguageSwitch, ThemeSwitch } from './Switches';

export function TopBar({ me }: { me: Me }) {
  const { t } = useTranslation();
  const signOut = useSignOut();
  const [open, setOpen] = useState<'rooms' | 'recent' | null>(null);
  const close = () => setOpen(null);
  return (
    <header className="top-bar">
      <Button
        className="narrow-only"
        type="text"
        icon={<MenuOutlined />}
        aria-label={t('shell.rooms')}
        onClick={() => setOpen('rooms')}
      />
      <Link to="/" className="brand" aria-label="Baigong 百工">
        <Seal />
        <span className="brand-name">
          Baigong <span lang="zh">百工</span>
        </span>
      </Link>
      <div className="top-actions">
        <Button
          type="text"
          icon={<HistoryOutlined />}
          aria-label={t('shell.recent')}
          onClick={() => setOpen('recent')}
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
      </div>
      <Drawer
        title={t('shell.recent')}
        open={open === 'recent'}
        onClose={close}
        size={420}
        styles={{ body: { padding: 0 } }}
      >
        <RecentRuns limit={50} onOpen={close} />
      </Drawer>
      <Drawer
        title={t('shell.rooms')}
        placement="left"
        open={open === 'rooms'}
        onClose={close}
        size={280}
        className="rooms-drawer"
        styles={{ body: { padding: 8 } }}
      >
        <Navigation me={me} onGo={close} />
      </Drawer>
    </header>
  );
}
