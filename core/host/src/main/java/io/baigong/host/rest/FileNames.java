package io.baigong.host.rest;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Names of files that strangers gave. */
final class FileNames {
    private static final int LONGEST = 200;

    private FileNames() {}

    /** The last part of a path of any system, without control characters, at most 200 units; {@code file} if none is left. */
    static String last(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
                .replaceAll("\\p{Cntrl}", "")
                .strip();
        if (last.length() > LONGEST) {
            int dot = last.lastIndexOf('.');
            String extension = dot >= 0 && last.length() - dot <= 10 ? last.substring(dot) : "";
            last = last.substring(0, LONGEST - extension.length()) + extension;
        }
        return last.isEmpty() || last.equals(".") || last.equals("..") ? "file" : last;
    }

    /** {@code Content-Disposition} (RFC 6266) that has a browser save the file under this name. */
    static String disposition(String name) {
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        return "attachment; filename*=UTF-8''" + encoded;
    }
}
