import {
  ApiOutlined,
  AppstoreOutlined,
  BellOutlined,
  ClusterOutlined,
  ExperimentOutlined,
  HomeOutlined,
  OrderedListOutlined,
  PlayCircleOutlined,
  SafetyCertificateOutlined,
  TeamOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import type { Me, Role } from '../api/types';

/** The rooms of the suite, and who may enter; the server decides the same by itself. */
const ROOMS: { path: string; name: Room; icon: ReactNode; roles?: Role[] }[] = [
  { path: '/', name: 'home', icon: <HomeOutlined /> },
  { path: '/tasks', name: 'tasks', icon: <PlayCircleOutlined />, roles: ['analyst', 'reviewer'] },
  { path: '/runs', name: 'runs', icon: <OrderedListOutlined /> },
  {
    path: '/batches',
    name: 'batches',
    icon: <AppstoreOutlined />,
    roles: ['analyst', 'reviewer', 'operator', 'model-owner', 'auditor'],
  },
  { path: '/alarms', name: 'alarms', icon: <BellOutlined /> },
  { path: '/models', name: 'models', icon: <ClusterOutlined /> },
  {
    path: '/training',
    name: 'training',
    icon: <ExperimentOutlined />,
    roles: ['model-owner', 'auditor'],
  },
  {
    path: '/audit',
    name: 'audit',
    icon: <SafetyCertificateOutlined />,
    roles: ['administrator', 'auditor'],
  },
  { path: '/gateway', name: 'gateway', icon: <ApiOutlined />, roles: ['administrator', 'auditor'] },
  { path: '/accounts', name: 'accounts', icon: <TeamOutlined />, roles: ['administrator', 'auditor'] },
];

type Room =
  'home' | 'tasks' | 'runs' | 'batches' | 'alarms' | 'models' | 'training' | 'audit' | 'gateway' | 'accounts';

export function Navigation({ me, onGo }: { me: Me; onGo?: () => void }) {
  const { t } = useTranslation();
  return (
    <nav className="rooms" aria-label={t('shell.rooms')}>
      <ul>
        {ROOMS.filter(({ roles }) => !roles || roles.some((role) => me.roles.includes(role))).map((room) => (
          <li key={room.path}>
            <NavLink to={room.path} end={room.path === '/'} onClick={onGo}>
              <span aria-hidden>{room.icon}</span>
              <span className="room-name">{t(`room.${room.name}`)}</span>
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
