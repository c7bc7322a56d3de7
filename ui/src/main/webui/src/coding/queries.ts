import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ask } from '../api/client';
import type { Language } from '../i18n';
import type { CodeLine, CodingWarning, Place } from './types';

const TASK = 'medical.icd-coding';

export const useCodeSearch = (words: string) =>
  useQuery({
    queryKey: ['code-search', words],
    queryFn: ({ signal }) =>
      ask<{ version: string; codes: CodeLine[] }>(TASK, 'code-search', { words }, signal),
    enabled: words !== '',
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });

/** A code, the range of a chapter, or the top of the classification. */
export const usePlace = (code: string) =>
  useQuery({
    queryKey: ['code', code],
    queryFn: ({ signal }) => ask<Place>(TASK, 'code', { code }, signal),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });

/** Which rules bear on these codes; asked only when they are no longer those of the answer. */
export const useRules = (codes: string[], language: Language, changed: boolean) =>
  useQuery({
    queryKey: ['code-rules', language, codes],
    queryFn: ({ signal }) =>
      ask<{ warnings: CodingWarning[]; unknown: string[] }>(TASK, 'code-rules', { codes, language }, signal),
    enabled: changed,
    staleTime: Infinity,
  });
