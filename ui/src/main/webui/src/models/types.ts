/** The JSON of the model registry, as /q/openapi describes it. */

/** A model role and what fills it. */
export interface Serving {
  role: string;
  kind: 'TOKEN_CLASSIFICATION' | 'PREDICTION' | 'IMAGE_FEATURES' | 'EMBEDDING' | 'OCR' | 'CHAT';
  tasks: string[];
  origin: 'SHIPPED' | 'OPERATOR' | 'REGISTERED' | 'PLATFORM';
  name?: string;
  version?: string;
  /** Candidates that wait for an approval. */
  waiting: number;
  /** How versions share the role's runs; left out when one gets all. */
  shares?: Share[];
}

/** Per cent of a role's runs that a version gets; 0 is the model that ships. */
export interface Share {
  number: number;
  percent: number;
}

export interface ModelCard {
  serving: Serving;
  card: string;
}

export interface Metric {
  value: number;
  low: number;
  high: number;
  unit: string;
}

/** A difference and the ends of its 95 % interval. */
export interface Between {
  value: number;
  low: number;
  high: number;
}

/** A metric of two versions; `difference` is left less right, by the paired bootstrap. */
export interface MetricComparison {
  metric: string;
  left?: Metric;
  right?: Metric;
  difference?: Between;
  differs: boolean;
}

/** What two versions reached on a benchmark. */
export interface BenchmarkComparison {
  benchmark: string;
  basis: 'SAME_DATA' | 'OTHER_DATA' | 'LEFT_UNMEASURED' | 'RIGHT_UNMEASURED' | 'UNMEASURED';
  metrics: MetricComparison[];
  subgroups: SubgroupComparison[];
}

/** Cases of the data that have something in common; their metrics have no differences. */
export interface SubgroupComparison {
  dimension: string;
  name: string;
  cases: number;
  metrics: MetricComparison[];
}

/** Two versions of a role; 0 is the model that ships. */
export interface VersionComparison {
  left: number;
  right: number;
  benchmarks: BenchmarkComparison[];
  measuring: { number: number; benchmark: string; share: number; failure?: string }[];
}

/** A gate, and what a version reached at it. */
export interface VersionGate {
  benchmark: string;
  metric: string;
  bound: 'AT_LEAST' | 'AT_MOST';
  limit: number;
  floor?: number;
  passed: boolean;
  measured?: Metric;
  broken: { dimension: string; name: string; cases: number; metrics: Record<string, Metric> }[];
}

/** A registered version of the model of a role. */
export interface RegisteredVersion {
  number: number;
  state: 'CANDIDATE' | 'APPROVED' | 'SERVING' | 'RETIRED';
  /** Per cent of the role's runs. */
  share: number;
  name: string;
  label: string;
  sha256: string;
  parameters: number;
  bytes: number;
  /** Where it comes from, as far as its registrar said. */
  lineage: {
    base?: string;
    recipe?: string;
    data?: string;
    dataSha256?: string;
    seed?: number;
    commit?: string;
    licence?: string;
    environment?: string;
  };
  registeredBy: string;
  registeredAt: string;
  evaluations: {
    benchmark: string;
    cases: number;
    metrics: Record<string, Metric>;
    by: string;
    at: string;
  }[];
  measuring: { benchmark: string; share: number; failure?: string }[];
  gates: VersionGate[];
  benchmarks: string[];
  approval?: { by: string; at: string; override?: string };
}

/** Which words of a text carry a label's score: half-open UTF-16 bounds, and what each adds to it. */
export interface TextExplanation {
  model: string;
  version: string;
  sha256: string;
  label: string;
  score: number;
  parts: { start: number; end: number; adds: number }[];
}

/** Something that happened to the models of a role. */
export interface ModelEvent {
  type: 'registered' | 'evaluated' | 'approved' | 'promoted' | 'rolled-back' | 'retired';
  number: number;
  benchmark?: string;
  reason?: string;
  /** How the versions share the role's runs from then on; left out when one gets all. */
  shares?: Share[];
  by: string;
  at: string;
}
