package io.baigong.host.cli;

import io.baigong.tuning.data.Language;
import io.baigong.tuning.data.Quality;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What a text must be like. */
final class QualityOptions {
    private static final String OR_OFF = " Or 'off' (default: ${DEFAULT-VALUE}).";

    @Option(
            names = "--min-words",
            defaultValue = "5",
            paramLabel = "N",
            converter = Bound.class,
            description = "Fewest words of a document; in Chinese, characters." + OR_OFF)
    private double minWords;

    @Option(
            names = "--max-words",
            defaultValue = "100000",
            paramLabel = "N",
            converter = Bound.class,
            description = "Most words." + OR_OFF)
    private double maxWords;

    @Option(
            names = "--min-word-length",
            defaultValue = "3",
            paramLabel = "N",
            converter = Bound.class,
            description = "Least mean length of words, not looked at in Chinese." + OR_OFF)
    private double minWordLength;

    @Option(
            names = "--max-word-length",
            defaultValue = "10",
            paramLabel = "N",
            converter = Bound.class,
            description = "Greatest mean length of words, not looked at in Chinese." + OR_OFF)
    private double maxWordLength;

    @Option(
            names = "--max-symbols",
            defaultValue = "0.1",
            paramLabel = "SHARE",
            converter = Bound.class,
            description = "Most hash signs and ellipses for each word." + OR_OFF)
    private double maxSymbols;

    @Option(
            names = "--min-letters",
            defaultValue = "0.8",
            paramLabel = "SHARE",
            converter = Bound.class,
            description = "Least share of words that have a letter." + OR_OFF)
    private double minLetters;

    @Option(
            names = "--max-repeated-lines",
            defaultValue = "0.3",
            paramLabel = "SHARE",
            converter = Bound.class,
            description = "Most lines of a document that stood in it before." + OR_OFF)
    private double maxRepeatedLines;

    @Option(
            names = "--max-repeated-words",
            defaultValue = "0.2",
            paramLabel = "SHARE",
            converter = Bound.class,
            description =
                    "Most of a document that its commonest pair of words makes up; of runs of three 0.9 times, of four"
                            + " 0.8 times as much." + OR_OFF)
    private double maxRepeatedWords;

    @Option(
            names = "--languages",
            split = ",",
            paramLabel = "CODE",
            converter = Code.class,
            description = "Languages that stay, of en, es, zh, other (default: all).")
    private List<Language> languages = List.of();

    Quality quality() {
        return new Quality(
                minWords,
                maxWords,
                minWordLength,
                maxWordLength,
                maxSymbols,
                minLetters,
                maxRepeatedLines,
                maxRepeatedWords,
                languages.stream().collect(Collectors.toSet()));
    }

    /** A number from 0 up, or {@code off}, which is no number and so no bound. */
    static final class Bound implements ITypeConverter<Double> {
        @Override
        public Double convert(String value) {
            if (value.equals("off")) {
                return Double.NaN;
            }
            try {
                double bound = Double.parseDouble(value);
                if (bound >= 0 && bound <= Double.MAX_VALUE) {
                    return bound;
                }
            } catch (NumberFormatException e) {
                throw new TypeConversionException("'" + value + "' is neither a number nor 'off'");
            }
            throw new TypeConversionException("'" + value + "' is neither a number from 0 up nor 'off'");
        }
    }

    /** A language by its code. */
    static final class Code implements ITypeConverter<Language> {
        @Override
        public Language convert(String value) {
            try {
                return Language.of(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }
}
