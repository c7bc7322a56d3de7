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

/** What is kept to in the calls of a tenant, whose name it has. */
export interface Guard {
  name: string;
  settings: GuardSettings;
  changed?: { by: string; at: string };
}

export interface GuardSettings {
  /** Every zone, if there is none. */
  zones: string[];
  maskPersonalData: boolean;
  maxPromptCharacters: number | null;
  /** Phrases by topic. */
  blockedTopics: Record<string, string[]>;
  guardrails: string[];
  checkSchema: boolean;
  labelProducer: string | null;
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
