import { lazy, type ComponentType } from 'react';
import type { Run } from '../api/types';

/** Tasks whose answers have a workbench of their own, fetched when one is opened; all others show what their panels say. */
export const WORKBENCHES: Record<string, ComponentType<{ run: Run }>> = {
  'finance.contract-review': lazy(() => import('../review/Workbench')),
  'medical.icd-coding': lazy(() => import('../coding/CodingWorkbench')),
  'manufacturing.predictive-maintenance': lazy(() => import('../maintenance/MaintenanceWorkbench')),
  'manufacturing.defect-detection': lazy(() => import('../defect/DefectWorkbench')),
};
