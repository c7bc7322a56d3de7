package io.baigong.medical.note;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Bytes as text: by their mark, else UTF-8, else GB18030 if that makes Chinese of them, else windows-1252. */
final class NoteBytes {
    private static final Charset CHINESE = Charset.forName("GB18030");
    private static final Charset WESTERN = Charset.forName("windows-1252");

    private NoteBytes() {}

    /**
     * What bytes say.
     *
     * @param mixed whether some lines are UTF-8 and others are not, as where systems paste into each other's notes
     */
    record Decoded(String text, boolean mixed) {}

    static Decoded decode(byte[] bytes) {
        if (bytes.length > 1 && (bytes[0] & 0xff) == 0xff && (bytes[1] & 0xff) == 0xfe) {
            return new Decoded(new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16LE), false);
        }
        if (bytes.length > 1 && (bytes[0] & 0xff) == 0xfe && (bytes[1] & 0xff) == 0xff) {
            return new Decoded(new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16BE), false);
        }
        Optional<String> whole = utf8(bytes, 0, bytes.length);
        return whole.map(text -> new Decoded(text.startsWith("\uFEFF") ? text.substring(1) : text, false))
                .orElseGet(() -> byLines(bytes));
    }

    private static Optional<String> utf8(byte[] bytes, int from, int to) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, to - from))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** A line; {@code utf8} is its text if it is UTF-8. */
    private record Line(int from, int to, boolean ascii, Optional<String> utf8) {}

    /** Each line as what it is; lines that are not UTF-8 are all of one other encoding. */
    private static Decoded byLines(byte[] bytes) {
        List<Line> lines = lines(bytes);
        var others = new ByteArrayOutputStream();
        lines.stream()
                .filter(line -> line.utf8.isEmpty())
                .forEach(line -> others.write(bytes, line.from, line.to - line.from));
        Charset other = isChinese(others.toString(CHINESE)) ? CHINESE : WESTERN;
        var text = new StringBuilder(bytes.length);
        for (Line line : lines) {
            text.append(line.utf8.orElseGet(() -> new String(bytes, line.from, line.to - line.from, other)));
        }
        return new Decoded(text.toString(), lines.stream().anyMatch(line -> !line.ascii && line.utf8.isPresent()));
    }

    private static List<Line> lines(byte[] bytes) {
        var lines = new ArrayList<Line>();
        int from = 0;
        while (from < bytes.length) {
            int to = from;
            boolean ascii = true;
            while (to < bytes.length && bytes[to] != '\n') {
                ascii &= bytes[to++] >= 0;
            }
            to = Math.min(bytes.length, to + 1);
            lines.add(new Line(from, to, ascii, utf8(bytes, from, to)));
            from = to;
        }
        return lines;
    }

    private static boolean isChinese(String text) {
        long han = text.codePoints()
                .filter(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN)
                .count();
        return text.indexOf('\uFFFD') < 0 && han * 4 > text.length();
    }
}
