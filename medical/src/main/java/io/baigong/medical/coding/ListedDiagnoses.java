package io.baigong.medical.coding;

import io.baigong.medical.coding.CodeCandidate.Found;
import io.baigong.medical.note.Assertion;
import io.baigong.medical.note.Context;
import io.baigong.medical.note.Section;
import io.baigong.medical.note.Sentence;
import java.util.List;
import java.util.NavigableMap;

/**
 * What a note lists under a heading of diagnoses. Words that justify a code, and stand there too, are quoted from there: it is what
 * the provider concluded, in the order in which it counts.
 */
final class ListedDiagnoses {
    private final String text;
    private final NavigableMap<Integer, Section> sections;
    private final List<Sentence> sentences;

    ListedDiagnoses(String text, NavigableMap<Integer, Section> sections) {
        this.text = text;
        this.sections = sections;
        this.sentences = Sentence.of(text);
    }

    /** The same words in a list of diagnoses, first of them; or where they were found, if they don't stand in one or are denied there. */
    Found quoted(Found found) {
        if (sections.floorEntry(found.start()).getValue() == Section.DIAGNOSIS) {
            return found;
        }
        int length = found.end() - found.start();
        for (Sentence sentence : sentences) {
            if (sections.floorEntry(sentence.start()).getValue() != Section.DIAGNOSIS) {
                continue;
            }
            for (int at = sentence.start(); at + length <= sentence.end(); at++) {
                if (text.regionMatches(true, at, text, found.start(), length)
                        && isBoundary(at)
                        && isBoundary(at + length)
                        && Context.of(text, at, at + length, sentence) == Assertion.PRESENT) {
                    return new Found(found.note(), at, at + length, Assertion.PRESENT);
                }
            }
        }
        return found;
    }

    /** Whether no word goes on there. */
    private boolean isBoundary(int at) {
        return at == 0
                || at == text.length()
                || !Character.isLetterOrDigit(text.charAt(at - 1))
                || !Character.isLetterOrDigit(text.charAt(at));
    }
}
