import {
  createContext,
  use,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react';

export const MODES = ['system', 'light', 'dark'] as const;
export type Mode = (typeof MODES)[number];

interface Appearance {
  mode: Mode;
  dark: boolean;
  choose: (mode: Mode) => void;
}

const STORED = 'baigong.theme';
const Context = createContext<Appearance>({ mode: 'system', dark: false, choose: () => undefined });

const systemDark = window.matchMedia('(prefers-color-scheme: dark)');

function subscribe(changed: () => void) {
  systemDark.addEventListener('change', changed);
  return () => systemDark.removeEventListener('change', changed);
}

function stored(): Mode {
  const value = localStorage.getItem(STORED);
  return MODES.find((mode) => mode === value) ?? 'system';
}

/** Light or dark, as the person chose or else as the system says. */
export function AppearanceProvider({ children }: { children: ReactNode }) {
  const [mode, setMode] = useState(stored);
  const system = useSyncExternalStore(subscribe, () => systemDark.matches);
  const dark = mode === 'system' ? system : mode === 'dark';
  useEffect(() => {
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  }, [dark]);
  const value = useMemo(
    () => ({
      mode,
      dark,
      choose: (chosen: Mode) => {
        localStorage.setItem(STORED, chosen);
        setMode(chosen);
      },
    }),
    [mode, dark],
  );
  return <Context value={value}>{children}</Context>;
}

export const useAppearance = () => use(Context);
