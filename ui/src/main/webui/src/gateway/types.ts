/** A server that models run on. */
export interface Backend {
  name: string;
  settings: BackendSettings;
  /** Who changed it last; missing where the configuration has it. */
  changed?: { by: string; at: string };
  outstanding: number;
  failing: boolean;
}

export interface BackendSettings {
  url: string;
  protocol: 'OPENAI' | 'KSERVE';
  secret: string | null;
  maskPersonalData: boolean;
  zone: string;
  connections: number;
  queue: number;
}

/** A model that programs may name. */
export interface Route {
  name: string;
  settings: RouteSettings;
  changed?: { by: string; at: string };
}

export interface RouteSettings {
  targets: RouteTarget[];
  maxAnswerTokens: number;
  /** Seconds. */
  cache: number | null;
  semanticCache?: { lifetime: number; threshold: number } | null;
  hedgeAfter: number | null;
  shadow: { target: RouteTarget; share: number } | null;
}

export interface RouteTarget {
  backend: string;
  model?: string | null;
  weight?: number | null;
  capabilities?: string[] | null;
  contextTokens?: number | null;
  price?: { input: number; output: number } | null;
}
