import { Checkbox, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useTasks } from '../api/queries';
import { ROLES, type Role } from '../api/types';
import { useLanguage } from '../i18n';
import { localText } from '../i18n/format';
import { OF_TASKS, roleOf, scopesOf, verticalsOf, withRole } from './grants';

interface Props {
  value?: string[];
  onChange?: (grants: string[]) => void;
}

/** Which roles somebody has, and on which tasks. */
export function GrantChoices({ value = [], onChange }: Props) {
  const { t } = useTranslation();
  return (
    <div className="account-choices" role="group" aria-label={t('accounts.roles')}>
      {ROLES.map((role) => {
        const has = value.some((grant) => roleOf(grant) === role);
        return (
          <div key={role}>
            <Checkbox
              checked={has}
              onChange={({ target }) => onChange?.(withRole(value, role, target.checked ? [] : null))}
            >
              {t(`accounts.role.${role}`)} <span className="quiet">{t(`accounts.may.${role}`)}</span>
            </Checkbox>
            {has && OF_TASKS.includes(role) && (
              <Scopes
                role={role}
                scopes={scopesOf(value, role)}
                onChange={(scopes) => onChange?.(withRole(value, role, scopes))}
              />
            )}
          </div>
        );
      })}
    </div>
  );
}

function Scopes({
  role,
  scopes,
  onChange,
}: {
  role: Role;
  scopes: string[];
  onChange: (scopes: string[]) => void;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const tasks = useTasks().data ?? [];
  return (
    <div className="account-scopes">
      <Select
        mode="multiple"
        aria-label={t('accounts.scopesOf', { role: t(`accounts.role.${role}`) })}
        placeholder={t('accounts.allTasks')}
        value={scopes}
        onChange={onChange}
        showSearch={{ optionFilterProp: 'label' }}
        options={verticalsOf(tasks).map((vertical) => ({
          label: vertical,
          title: vertical,
          options: [
            { value: vertical, label: t('accounts.allOf', { vertical }) },
            ...tasks
              .filter(({ id }) => id.startsWith(`${vertical}.`))
              .map(({ id, title }) => ({ value: id, label: localText(title, language) })),
          ],
        }))}
      />
    </div>
  );
}
