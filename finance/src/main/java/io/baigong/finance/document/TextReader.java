package io.baigong.finance.document;

import com.ibm.icu.text.CharsetDetector;
import com.ibm.icu.text.CharsetMatch;
import io.baigong.spi.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Reads plain text: byte order mark, else strict UTF-8, else the encoding that its bytes look like. */
final class TextReader {
    /** ICU's confidence, of 100, below which its guess is not taken. */
    private static final int LEAST_CONFIDENCE = 25;

    private static final int LOOKED_AT = 64 << 10;

    private TextReader() {}

    static ContractDocument read(String name, byte[] bytes, Limits limits, List<String> notes)
            throws UnreadableDocument {
        String text = CleanText.of(decode(bytes, notes).replace("\r\n", "\n")).replaceAll("\n{3,}", "\n\n");
        if (text.length() > limits.textUnits()) {
            throw ContractReader.tooMuchText(limits);
        }
        return ContractDocument.ofText(name, Format.TEXT, text, notes);
    }

    static String decode(byte[] bytes, List<String> notes) throws UnreadableDocument {
        if (starts(bytes, 0xef, 0xbb, 0xbf)) {
            return new String(bytes, 3, bytes.length - 3, StandardCharsets.UTF_8);
        }
        if (starts(bytes, 0xff, 0xfe, 0, 0) || starts(bytes, 0, 0, 0xfe, 0xff)) {
            return new String(bytes, StandardCharsets.UTF_32).replace("\ufeff", "");
        }
        if (starts(bytes, 0xff, 0xfe) || starts(bytes, 0xfe, 0xff)) {
            return new String(bytes, StandardCharsets.UTF_16);
        }
        Optional<String> utf8 = strictly(bytes, StandardCharsets.UTF_8);
        if (utf8.isPresent()) {
            refuseBinary(utf8.get());
            return utf8.get();
        }
        String lenient = new String(bytes, StandardCharsets.UTF_8);
        long bad = lenient.chars().filter(unit -> unit == '\ufffd').count();
        long good =
                lenient.chars().filter(unit -> unit >= 0x80 && unit != '\ufffd').count();
        if (bad * 10 <= good) {
            notes.add("The text is UTF-8 with invalid bytes in " + bad + " places, each shown as U+FFFD.");
            refuseBinary(lenient);
            return lenient;
        }
        return guessed(bytes, notes);
    }

    private static String guessed(byte[] bytes, List<String> notes) throws UnreadableDocument {
        byte[] sample = bytes.length <= LOOKED_AT ? bytes : java.util.Arrays.copyOf(bytes, LOOKED_AT);
        for (CharsetMatch match : new CharsetDetector().setText(sample).detectAll()) {
            if (match.getConfidence() >= LEAST_CONFIDENCE && Charset.isSupported(match.getName())) {
                // What calls itself ISO-8859-1 has Windows' quotation marks in the control range.
                String charset = match.getName().equals("ISO-8859-1") ? "windows-1252" : match.getName();
                Optional<String> text = strictly(bytes, Charset.forName(charset));
                if (text.isPresent() && !binary(text.get())) {
                    notes.add("The text is not UTF-8; it was read as " + charset + ", which its bytes look like.");
                    return text.get();
                }
            }
        }
        throw new UnreadableDocument(
                ErrorCode.User.UNSUPPORTED_FORMAT,
                "The file is neither PDF, DOCX nor HTML, nor text in UTF-8 or another known encoding.",
                "Save the contract as PDF or DOCX, or as plain text in UTF-8.");
    }

    private static Optional<String> strictly(byte[] bytes, Charset charset) {
        try {
            return Optional.of(charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static void refuseBinary(String text) throws UnreadableDocument {
        if (binary(text)) {
            throw new UnreadableDocument(
                    ErrorCode.User.UNSUPPORTED_FORMAT,
                    "The file holds binary data, not text; contracts are read from PDF, DOCX, HTML and plain text.",
                    "Save the contract as PDF or DOCX.");
        }
    }

    private static boolean binary(String text) {
        int looked = Math.min(text.length(), LOOKED_AT);
        long controls = text.chars()
                .limit(looked)
                .filter(unit -> unit < ' ' && unit != '\n' && unit != '\r' && unit != '\t' && unit != '\f')
                .count();
        return controls * 50 > looked;
    }

    private static boolean starts(byte[] bytes, int... prefix) {
        if (bytes.length < prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if ((bytes[i] & 0xff) != prefix[i]) {
                return false;
            }
        }
        return true;
    }
}
