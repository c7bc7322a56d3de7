import { describe, expect, it } from 'vitest';
import type { ContractReview } from '../types';
import { ocrOf } from './ocr';

const text = 'governed by the laws of Eng1and';
const review = {
  text,
  ocrWords: [
    { start: 0, end: 8, confidence: 0.9 },
    { start: 24, end: 31, confidence: 0.5 },
  ],
} as ContractReview;

describe('ocrOf', () => {
  it('gives the mean over the words of a passage and names those to check', () => {
    expect(ocrOf(review, { start: 0, end: text.length })).toEqual({ confidence: 0.7, doubtful: ['Eng1and'] });
    expect(ocrOf(review, { start: 0, end: 10 })).toEqual({ confidence: 0.9, doubtful: [] });
  });

  it('is null where a text layer was read, and in runs that kept no words', () => {
    expect(ocrOf(review, { start: 9, end: 20 })).toBeNull();
    const old = { text } as ContractReview;
    expect(ocrOf(old, { start: 0, end: 10 })).toBeNull();
  });
});
