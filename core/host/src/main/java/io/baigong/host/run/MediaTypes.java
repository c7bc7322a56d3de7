package io.baigong.host.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Media types by a file's first bytes, never by its sender's word. */
final class MediaTypes {
    private static final int HEAD = 4096;

    private MediaTypes() {}

    static String of(Path file) throws IOException {
        String head;
        try (var in = Files.newInputStream(file)) {
            head = new String(in.readNBytes(HEAD), ISO_8859_1);
        }
        if (head.startsWith("%PDF-")) {
            return "application/pdf";
        }
        if (head.startsWith("PK\u0003\u0004")) {
            return head.contains("[Content_Types].xml") || head.contains("word/")
                    ? "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
                    : "application/zip";
        }
        if (head.startsWith("\u00D0\u00CF\u0011\u00E0")) {
            return "application/x-ole-storage";
        }
        if (head.indexOf('\0') >= 0) {
            return "application/octet-stream";
        }
        String start = head.stripLeading().toLowerCase(Locale.ROOT);
        return start.startsWith("<!doctype html") || start.startsWith("<html") ? "text/html" : "text/plain";
    }
}
