import { address, json, page, post, request, send } from '../api/client';
import type { Measure, NewTraining, Recipe, Training, TrainingFile } from './types';

const TRAINING = '/api/v1/training';

const jobAddress = (id: string) => `${TRAINING}/jobs/${encodeURIComponent(id)}`;

export const recipes = () => json<Recipe[]>(`${TRAINING}/recipes`);

export const files = () => json<TrainingFile[]>(`${TRAINING}/files`);

/** @param sent told the share of the file that has been sent, in [0, 1] */
export function sendFile(file: File, sent: (share: number) => void, signal: AbortSignal) {
  const form = new FormData();
  form.append('file', file, file.name);
  return send<TrainingFile>(`${TRAINING}/files`, form, sent, signal);
}

export const removeFile = (id: string) =>
  request(`${TRAINING}/files/${encodeURIComponent(id)}`, { method: 'DELETE' });

export const trainings = (offset: number, limit: number) =>
  page<Training>(address(`${TRAINING}/jobs`, { offset, limit }));

export const training = (id: string) => json<Training>(jobAddress(id));

export const startTraining = (wanted: NewTraining) => post<Training>(`${TRAINING}/jobs`, wanted);

export const cancelTraining = (id: string) =>
  json<Training>(`${jobAddress(id)}/cancellation`, { method: 'POST' });

/** Those after a sequence number. */
export const measures = (id: string, after: number) =>
  json<Measure[]>(address(`${jobAddress(id)}/measures`, { after }));
