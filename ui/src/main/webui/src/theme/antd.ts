import { theme, type ThemeConfig } from 'antd';

const FONT =
  "'Inter', 'Source Sans 3', -apple-system, 'Segoe UI', 'Noto Sans', 'Helvetica Neue', Arial, 'PingFang SC', 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif";

/** Ant Design in the colours of theme.css. */
export function antdTheme(dark: boolean): ThemeConfig {
  return {
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: dark ? '#6aa5c4' : '#1f4f6b',
      colorPrimaryBg: dark ? '#1f3240' : '#e8f0f4',
      colorLink: dark ? '#8cc1de' : '#1f4f6b',
      colorLinkHover: dark ? '#b0d6ea' : '#2b6283',
      colorInfo: dark ? '#8cc1de' : '#1f4f6b',
      colorInfoBg: dark ? '#1f3240' : '#e8f0f4',
      colorSuccess: dark ? '#7cc79f' : '#1d6b45',
      colorSuccessBg: dark ? '#1c3127' : '#e4f1ea',
      colorWarning: dark ? '#f3a766' : '#a44600',
      colorWarningBg: dark ? '#362718' : '#fbf0e5',
      colorError: dark ? '#ff958b' : '#a3171b',
      colorErrorHover: dark ? '#ffb3ab' : '#b8282c',
      colorErrorBg: dark ? '#3a2120' : '#fbebea',
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
      Button: {
        primaryShadow: 'none',
        defaultShadow: 'none',
        dangerShadow: 'none',
        ...(dark ? { primaryColor: '#0f1d26', dangerColor: '#2b0f0d' } : {}),
      },
      Tabs: { horizontalMargin: '0', titleFontSize: 14 },
    },
  };
}
