package io.baigong.gateway.guard;

import io.baigong.compute.text.PersonalData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Topics that are known by their phrases: whole words of an alphabet, Chinese characters anywhere; in any case, full-width or
 * not, with any white space between words. Immutable.
 */
public final class BlockedTopics implements Guardrail {
    private static final int MOST_PHRASES = 2_000;
    private static final int MOST_LENGTH = 100;

    private final List<Topic> topics;
    private final int longest;

    private record Topic(String name, Pattern phrases) {}

    /** @param lines {@code name: phrase, phrase}; empty lines and those that begin with {@code #} say nothing */
    BlockedTopics(List<String> lines) {
        var read = new ArrayList<Topic>();
        int phrases = 0;
        int most = 0;
        for (int i = 0; i < lines.size(); i++) {
            String line = PersonalData.narrow(lines.get(i)).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int colon = line.indexOf(':');
            List<String> given = colon < 1
                    ? List.of()
                    : Stream.of(line.substring(colon + 1).split("[,、;]"))
                            .map(String::strip)
                            .filter(each -> !each.isEmpty())
                            .toList();
            if (given.isEmpty() || given.stream().anyMatch(each -> each.length() > MOST_LENGTH)) {
                throw new IllegalArgumentException("line " + (i + 1)
                        + " must be 'topic: phrase, phrase', each phrase of at most " + MOST_LENGTH + " characters");
            }
            phrases += given.size();
            most = Math.max(most, given.stream().mapToInt(String::length).max().getAsInt());
            String any = given.stream().map(BlockedTopics::form).collect(Collectors.joining("|"));
            read.add(new Topic(
                    line.substring(0, colon).strip(),
                    Pattern.compile(any, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)));
        }
        if (phrases > MOST_PHRASES) {
            throw new IllegalArgumentException(
                    "there are " + phrases + " phrases; at most " + MOST_PHRASES + " are looked for");
        }
        this.topics = List.copyOf(read);
        this.longest = 2 * most + 1;
    }

    /** Reads a file in UTF-8. Throws {@link IllegalArgumentException} that names the file and the line. */
    static BlockedTopics read(Path file) {
        try {
            return new BlockedTopics(Files.readAllLines(file));
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the file of blocked topics " + file + " can't be used: " + e.getMessage(), e);
        }
    }

    /** A phrase as a regular expression. */
    private static String form(String phrase) {
        String words = Stream.of(phrase.toLowerCase(Locale.ROOT).split("\\s+"))
                .map(Pattern::quote)
                .collect(Collectors.joining("[\\s-]{1,8}"));
        return (isOfWord(phrase.charAt(0)) ? "(?<![\\p{L}\\p{N}])" : "")
                + words
                + (isOfWord(phrase.charAt(phrase.length() - 1)) ? "(?![\\p{L}\\p{N}])" : "");
    }

    /** Whether letters beside it would make it part of a longer word. */
    private static boolean isOfWord(char c) {
        return Character.isLetterOrDigit(c) && !Character.isIdeographic(c);
    }

    @Override
    public String name() {
        return "blocked-topics";
    }

    @Override
    public Optional<String> refusal(Side side, String text) {
        String narrow = PersonalData.narrow(text);
        return topics.stream()
                .filter(topic -> topic.phrases.matcher(narrow).find())
                .findFirst()
                .map(topic -> (side == Side.QUESTION ? "The question" : "The answer") + " is about '" + topic.name
                        + "', which this tenant has blocked.");
    }

    /** From the first place from which a phrase may still go on. */
    @Override
    @SuppressWarnings("JdkObsolete") // a stream is just what hitEnd is for
    public int openEnd(String text) {
        String narrow = PersonalData.narrow(text);
        int open = 0;
        for (Topic topic : topics) {
            Matcher matcher = topic.phrases.matcher(narrow).useTransparentBounds(true);
            for (int at = Math.max(0, narrow.length() - longest); at < narrow.length() - open; at++) {
                matcher.region(at, narrow.length()).lookingAt();
                if (matcher.hitEnd()) { // whether it is the phrase, and no longer word, the next character says
                    open = narrow.length() - at;
                }
            }
        }
        return open;
    }
}
