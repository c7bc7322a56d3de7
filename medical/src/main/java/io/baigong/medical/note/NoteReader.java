package io.baigong.medical.note;

import io.baigong.spi.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/**
 * Reads a note from a file: plain text, HTML, FHIR R4 in JSON ({@code DocumentReference}, {@code Composition}, {@code Bundle}), or an
 * HL7 v2 message with {@code OBX} segments (MDM, ORU).
 */
public final class NoteReader {
    /** Longest note, in UTF-16 units: some two hundred pages. */
    public static final int MOST_CHARACTERS = 400_000;

    private static final int MOST_BYTES = 8 << 20;

    private NoteReader() {}

    /**
     * What a file holds.
     *
     * @param mixedEncodings whether lines of it were written in different encodings
     */
    public record Read(String text, boolean mixedEncodings) {}

    /** The text of a file. */
    public static Read read(Path file) throws UnreadableNote {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MOST_BYTES + 1);
        } catch (IOException e) {
            throw new UnreadableNote(ErrorCode.User.CORRUPT, "the file can't be read", "send it again");
        }
        if (bytes.length > MOST_BYTES) {
            throw new UnreadableNote(
                    ErrorCode.User.TOO_LARGE, "the file is larger than 8 MiB", "send each note in a file of its own");
        }
        if (bytes.length == 0) {
            throw new UnreadableNote(ErrorCode.User.EMPTY, "the file is empty", "send a note with text");
        }
        NoteBytes.Decoded decoded = NoteBytes.decode(bytes);
        return new Read(text(decoded.text()), decoded.mixed());
    }

    /** The note in what was sent, of whichever format. */
    public static String text(String content) throws UnreadableNote {
        String begin = content.stripLeading();
        String note;
        if (begin.startsWith("MSH") && begin.length() > 8 && !Character.isLetterOrDigit(begin.charAt(3))) {
            note = Hl7Message.note(begin);
        } else if (begin.startsWith("{")) {
            note = FhirNote.of(begin);
        } else if (isHtml(begin)) {
            note = plain(begin);
        } else {
            note = content;
        }
        return checked(note.replace("\r\n", "\n").replace('\r', '\n'));
    }

    private static String checked(String note) throws UnreadableNote {
        if (note.isBlank()) {
            throw new UnreadableNote(ErrorCode.User.EMPTY, "there is no text in it", "send a note with text");
        }
        if (note.length() > MOST_CHARACTERS) {
            throw new UnreadableNote(
                    ErrorCode.User.TOO_LARGE,
                    "the note has more than %d characters".formatted(MOST_CHARACTERS),
                    "send each encounter's note by itself");
        }
        long odd = note.chars()
                .filter(c -> (c < ' ' && c != '\n' && c != '\t' && c != '\f') || c == '\uFFFD')
                .count();
        if (odd * 100 > note.length()) {
            throw new UnreadableNote(
                    ErrorCode.User.UNSUPPORTED_FORMAT,
                    "it is not text",
                    "send plain text, HTML, FHIR R4 in JSON, or an HL7 v2 message");
        }
        return note;
    }

    private static boolean isHtml(String text) {
        String begin = text.substring(0, Math.min(200, text.length())).toLowerCase(Locale.ROOT);
        return begin.startsWith("<")
                && (begin.contains("<html")
                        || begin.contains("<!doctype html")
                        || begin.contains("<div")
                        || begin.contains("<p"));
    }

    /** The words of HTML, a line for each block. */
    static String plain(String html) {
        var text = new StringBuilder();
        Jsoup.parse(html).traverse(new NodeVisitor() {
            @Override
            public void head(Node node, int depth) {
                if (node instanceof TextNode words) {
                    text.append(words.text());
                } else if (node instanceof Element element
                        && (element.isBlock() || element.normalName().equals("br"))) {
                    breakLine();
                }
            }

            @Override
            public void tail(Node node, int depth) {
                if (node instanceof Element element && element.isBlock()) {
                    breakLine();
                }
            }

            private void breakLine() {
                if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
                    text.append('\n');
                }
            }
        });
        return text.toString().strip();
    }
}
