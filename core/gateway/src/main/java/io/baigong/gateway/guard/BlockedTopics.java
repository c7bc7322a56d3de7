package io.baigong.gateway.guard;

import io.baigong.compute.text.PersonalData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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

    /**
     * Throws {@link IllegalArgumentException} that names the topic that can't be used.
     *
     * @param phrases by topic
     */
    BlockedTopics(Map<String, List<String>> phrases) {
        var read = new ArrayList<Topic>();
        int count = 0;
        int most = 0;
        for (var topic : new TreeMap<>(phrases).entrySet()) {
            List<String> given = topic.getValue().stream()
                    .map(each -> PersonalData.narrow(each).strip())
                    .filter(each -> !each.isEmpty())
                    .toList();
            if (topic.getKey().isBlank()
                    || given.isEmpty()
                    || given.stream().anyMatch(each -> each.length() > MOST_LENGTH)) {
                throw new IllegalArgumentException("the topic '" + topic.getKey()
                        + "' must have a name and phrases, each of at most " + MOST_LENGTH + " characters");
            }
            count += given.size();
            most = Math.max(most, given.stream().mapToInt(String::length).max().getAsInt());
            String any = given.stream().map(BlockedTopics::form).collect(Collectors.joining("|"));
            read.add(new Topic(topic.getKey(), Pattern.compile(any, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)));
        }
        if (count > MOST_PHRASES) {
            throw new IllegalArgumentException(
                    "there are " + count + " phrases; at most " + MOST_PHRASES + " are looked for");
        }
        this.topics = List.copyOf(read);
        this.longest = 2 * most + 1;
    }

    /**
     * Reads a file in UTF-8: {@code name: phrase, phrase} in a line; empty lines and those that begin with {@code #} say nothing. Throws
     * {@link IllegalArgumentException} that names the file and the line.
     */
    static Map<String, List<String>> read(Path file) {
        try {
            return read(Files.readAllLines(file));
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the file of blocked topics " + file + " can't be used: " + e.getMessage(), e);
        }
    }

    private static Map<String, List<String>> read(List<String> lines) {
        var topics = new TreeMap<String, List<String>>();
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
            topics.computeIfAbsent(line.substring(0, colon).strip(), _ -> new ArrayList<>())
                    .addAll(given);
        }
        return topics;
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
