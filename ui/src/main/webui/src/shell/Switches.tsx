import { DesktopOutlined, MoonOutlined, SunOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../i18n';
import { MODES, useAppearance } from '../theme/mode';

export function LanguageSwitch() {
  const { t, i18n } = useTranslation();
  const other = useLanguage() === 'zh' ? 'en' : 'zh';
  return (
    <Button
      type="text"
      lang={other === 'zh' ? 'zh-CN' : 'en'}
      title={t('shell.language')}
      onClick={() => void i18n.changeLanguage(other)}
    >
      {t('shell.otherLanguage')}
    </Button>
  );
}

const ICONS = { system: <DesktopOutlined />, light: <SunOutlined />, dark: <MoonOutlined /> };

export function ThemeSwitch() {
  const { t } = useTranslation();
  const { mode, dark, choose } = useAppearance();
  const items = MODES.map((key) => ({ key, icon: ICONS[key], label: t(`shell.${key}`) }));
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items,
        selectable: true,
        selectedKeys: [mode],
        onClick: ({ key }) => choose(MODES.find((one) => one === key) ?? 'system'),
      }}
    >
      <Button type="text" icon={dark ? ICONS.dark : ICONS.light} aria-label={t('shell.theme')} />
    </Dropdown>
  );
}
