import {
  BankOutlined,
  CameraOutlined,
  ExperimentOutlined,
  FileSearchOutlined,
  MedicineBoxOutlined,
  ToolOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useTasks } from '../api/queries';
import { useLanguage } from '../i18n';

const BY_TASK: Record<string, ReactNode> = {
  'finance.contract-review': <FileSearchOutlined />,
  'manufacturing.defect-detection': <CameraOutlined />,
};
const BY_VERTICAL: Record<string, ReactNode> = {
  finance: <BankOutlined />,
  medical: <MedicineBoxOutlined />,
  manufacturing: <ToolOutlined />,
};

/** All tasks, each a way to begin a run of it. */
export function TaskTiles() {
  const language = useLanguage();
  const tasks = useTasks().data ?? [];
  return (
    <ul className="tiles">
      {tasks.map((task) => (
        <li key={task.id}>
          <Link to={`/tasks/${task.id}`} className="card tile">
            <span className="tile-icon" aria-hidden>
              {BY_TASK[task.id] ?? BY_VERTICAL[task.id.split('.')[0] ?? ''] ?? <ExperimentOutlined />}
            </span>
            <span>
              <b>{task.title[language]}</b>
              <span className="quiet tile-id">{task.id}</span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
