import { useTasks } from '../api/queries';
import { useLanguage } from '../i18n';

/** What tasks are called in the language of the page; the id of one that is not there. */
export function useTaskTitle(): (id: string) => string {
  const language = useLanguage();
  const tasks = useTasks().data ?? [];
  return (id) => tasks.find((task) => task.id === id)?.title[language] ?? id;
}
