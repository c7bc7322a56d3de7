import { theme, type ThemeConfig } from 'antd';

const FONT =
  "'Inter', 'Source Sans 3', -apple-system, 'Segoe UI', 'Noto Sans', 'Helvetica Neue', Arial, 'PingFang SC', 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif";

/** Ant Design in the colours of theme.css. */
export function antdTheme(dark: boolean): ThemeConfig {
  return {
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: dark ? '#6aa5c4' : '#1f4f6b',
      colorLink: dark ? '#8cc1de' : '#1f4f6b',
      colorBgBase: dark ? '#16191d' : '#ffffff',
      colorTextBase: dark ? '#e8e6e1' : '#1b232d',
      colorTextDescription: dark ? '#a2abb6' : '#5b6470',
      colorTextPlaceholder: dark ? '#9aa3ae' : '#68717d',
      colorBgContainer: dark ? '#1d2126' : '#ffffff',
      colorBgElevated: dark ? '#262b32' : '#ffffff',
      colorBorder: dark ? '#3b424c' : '#cfcac0',
      colorBorderSecondary: dark ? '#2d333b' : '#e4e0d8',
      borderRadius: 5,
      fontFamily: FONT,
      fontSize: 14,
      controlHeight: 32,
      wireframe: false,
    },
    components: {
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
      Tabs: { horizontalMargin: '0', titleFontSize: 14 },
    },
  };
}
