package io.baigong.medical.note;

import io.baigong.spi.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text that an HL7 v2 message carries in its {@code OBX} segments (HL7 v2.5.1, sections 2.7 and 7.4.2). */
final class Hl7Message {
    private static final Pattern ESCAPE = Pattern.compile("\\\\([^\\\\\\r\\n]{1,200})\\\\");

    private Hl7Message() {}

    static String note(String message) throws UnreadableNote {
        char field = message.charAt(3);
        char component = message.charAt(4);
        char repetition = message.charAt(5);
        var text = new StringBuilder();
        for (String segment : message.split("[\\r\\n]+", -1)) {
            if (!segment.startsWith("OBX" + field)) {
                continue;
            }
            String[] fields = segment.split(Pattern.quote(String.valueOf(field)), -1);
            if (fields.length <= 5) {
                continue;
            }
            String type = fields[2];
            if (type.equals("TX") || type.equals("FT") || type.equals("ST")) {
                for (String line : fields[5].split(Pattern.quote(String.valueOf(repetition)), -1)) {
                    text.append(unescaped(line, field, component, repetition)).append('\n');
                }
            } else if (type.equals("ED")) {
                String[] parts = fields[5].split(Pattern.quote(String.valueOf(component)), -1);
                if (parts.length == 5 && parts[3].equals("Base64") && parts[1].equalsIgnoreCase("TEXT")) {
                    text.append(decoded(parts[4])).append('\n');
                }
            }
        }
        if (text.toString().isBlank()) {
            throw new UnreadableNote(
                    ErrorCode.User.NO_TEXT,
                    "the HL7 message has no OBX segment with text",
                    "send an MDM or ORU message whose OBX-5 is of type TX, FT, ST, or text in Base64");
        }
        return text.toString();
    }

    private static String decoded(String base64) throws UnreadableNote {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new UnreadableNote(
                    ErrorCode.User.CORRUPT, "an OBX segment holds broken Base64", "send the message again");
        }
    }

    private static String unescaped(String text, char field, char component, char repetition) {
        Matcher escapes = ESCAPE.matcher(text);
        var plain = new StringBuilder();
        while (escapes.find()) {
            String what = switch (escapes.group(1)) {
                case "F" -> String.valueOf(field);
                case "S" -> String.valueOf(component);
                case "R" -> String.valueOf(repetition);
                case "T" -> "&";
                case "E" -> "\\";
                case ".br", ".sp" -> "\n";
                default -> "";
            };
            escapes.appendReplacement(plain, Matcher.quoteReplacement(what));
        }
        return escapes.appendTail(plain).toString();
    }
}
