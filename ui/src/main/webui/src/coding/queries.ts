import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ask } from '../api/client';
import type { Language } from '../i18n';
import type { CodeLine, CodingWarning, Edition, Place, Scope } from './types';

const TASK = 'medical.icd-coding';

/** Editions of code systems; a system's together, that which came into force last at the end. */
export const useEditions = () =>
  useQuery({
    queryKey: ['editions'],
    queryFn: ({ signal }) => ask<{ editions: Edition[] }>(TASK, 'editions', {}, signal),
  });

export const useCodeSearch = (words: string, scope: Scope) =>
  useQuery({
    queryKey: ['code-search', words, scope],
    queryFn: ({ signal }) =>
      ask<{ edition?: Edition | null; codes: CodeLine[] }>(TASK, 'code-search', { words, ...scope }, signal),
    enabled: words !== '',
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });

/** A code, the range of a chapter, or the top of the classification. */
export const usePlace = (code: string, scope: Scope) =>
  useQuery({
    queryKey: ['code', code, scope],
    queryFn: ({ signal }) => ask<Place>(TASK, 'code', { code, ...scope }, signal),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });

/** Which rules bear on these codes; asked only when they are no longer those of the answer. */
export const useRules = (codes: string[], language: Language, scope: Scope, changed: boolean) =>
  useQuery({
    queryKey: ['code-rules', language, codes, scope],
    queryFn: ({ signal }) =>
      ask<{ warnings: CodingWarning[]; unknown: string[] }>(
        TASK,
        'code-rules',
        { codes, language, ...scope },
        signal,
      ),
    enabled: changed,
    staleTime: Infinity,
  });
