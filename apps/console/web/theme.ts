import { stylesheet } from '@bayway/design/web';
import type { ThemeConfig } from 'antd';

/** The value of a design token of the light theme: the console takes them from the same place as the pages do. */
export function token(name: string): string {
  const value = new RegExp(`--bw-${name}:\\s*(#[0-9A-Fa-f]{6})`).exec(stylesheet)?.[1];
  if (value === undefined) throw new Error(`no token ${name}`);
  return value;
}

/** Ant Design in Bayway's colours, letters and corners. Pressing has no wave: motion only shows where something went. */
export const theme: ThemeConfig = {
  token: {
    colorPrimary: token('channel'),
    colorInfo: token('info'),
    colorSuccess: token('ok'),
    colorWarning: token('wait'),
    colorError: token('stop'),
    colorLink: token('link'),
    colorText: token('text'),
    colorTextSecondary: token('text-2'),
    colorTextTertiary: token('text-3'),
    colorTextPlaceholder: token('text-3'),
    colorTextDescription: token('text-2'),
    colorBgLayout: token('bg'),
    colorBorder: token('line-strong'),
    colorBorderSecondary: token('line'),
    borderRadius: 8,
    fontSize: 15,
    controlHeight: 36,
    motion: false,
    fontFamily: "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'PingFang HK', 'Noto Sans CJK HK', sans-serif",
  },
  components: {
    Layout: { headerBg: token('surface-deep'), siderBg: token('surface'), bodyBg: token('bg') },
    Menu: { itemSelectedBg: token('channel-tint'), itemSelectedColor: token('channel'), itemColor: token('text-2') },
    Button: { primaryShadow: 'none' },
    Table: { headerBg: token('surface-sunk'), cellPaddingBlock: 9 },
  },
};
