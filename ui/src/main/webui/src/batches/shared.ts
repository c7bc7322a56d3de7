import type { Task } from '../api/types';
import type { Language } from '../i18n';

/** What all records of a task share unless they say otherwise: the language that its maker reads. */
export const shared = (tasks: Task[], id: string, language: Language): Record<string, string> =>
  tasks.find((task) => task.id === id)?.inputSchema.properties?.language ? { language } : {};
