/** Trainings as the suite's REST API has them. */
import type { Api } from '../api/document';

export type Recipe = Api<'RecipeView'>;

export type TrainingFile = Api<'FileView'>;

export type NewTraining = Omit<Api<'NewTraining'>, 'task' | 'recipe'> & Pick<Recipe, 'task' | 'recipe'>;

export type TrainingState = Api<'TrainingState'>;

export type Training = Api<'TrainingView'>;

export type TrainedVersion = Api<'TrainedView'>;

/** A figure of the learning. */
export type Measure = Api<'TrainingMeasure'>;
