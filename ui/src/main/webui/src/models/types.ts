/** The JSON of the model registry. */
import type { Api } from '../api/document';

/** A model role and what fills it. */
export type Serving = Api<'Serving'>;

/** Per cent of a role's runs that a version gets; 0 is the model that ships. */
export type Share = Api<'Share'>;

export type ModelCard = Api<'Card'>;

export type Metric = Api<'Figure'>;

/** A difference and the ends of its 95 % interval. */
export type Between = Api<'Figure'>;

/** A metric of two versions; `difference` is left less right, by the paired bootstrap. */
export type MetricComparison = Api<'MetricComparison'>;

/** What two versions reached on a benchmark. */
export type BenchmarkComparison = Api<'BenchmarkComparison'>;

/** Cases of the data that have something in common; their metrics have no differences. */
export type SubgroupComparison = Api<'SubgroupComparison'>;

/** Two versions of a role; 0 is the model that ships. */
export type VersionComparison = Api<'VersionComparison'>;

/** A gate, and what a version reached at it. */
export type VersionGate = Api<'VersionGate'>;

/** A registered version of the model of a role. */
export type RegisteredVersion = Api<'RegisteredVersion'>;

/** Which words of a text carry a label's score: half-open UTF-16 bounds, and what each adds to it. */
export type TextExplanation = Api<'TextExplanation'>;

/** Something that happened to the models of a role. */
export type ModelEvent = Api<'ModelHistoryEntry'>;
