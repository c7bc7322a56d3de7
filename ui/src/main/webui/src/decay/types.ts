import type { Api } from '../api/document';

export type Kind = Alert['kind'];
export type Statistic = Api<'Statistic'>;
export type DriftState = Measure['state'];

export type Measure = Api<'SeriesView'>['measures'][number];

/** Runs that the same versions answered; without any, all runs of the task. */
export type Series = Api<'SeriesView'>;

export type Alert = Api<'AlertView'>;

export type TaskDecay = Api<'TaskDecayView'>;

export type Decay = Api<'DecayView'>;

export type Retraining = Api<'RetrainingView'>;
