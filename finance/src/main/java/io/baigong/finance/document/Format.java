package io.baigong.finance.document;

import java.util.Locale;

/** What a contract can be read from; decided by the file's first bytes, never by its name. */
public enum Format {
    PDF,
    DOCX,
    HTML,
    TEXT;

    /** Whether a file of this name may be expected to have this format; a name without an extension may have any. */
    boolean suits(String fileName) {
        int dot = fileName.lastIndexOf('.');
        String extension = dot < 0 ? "" : fileName.substring(dot + 1).toLowerCase(Locale.ROOT);
        return switch (extension) {
            case "pdf" -> this == PDF;
            case "docx", "docm", "dotx", "doc" -> this == DOCX;
            case "html", "htm", "xhtml" -> this == HTML;
            case "txt", "text", "md" -> this == TEXT;
            case "png", "jpg", "jpeg", "tif", "tiff", "rtf", "odt", "xlsx", "zip" -> false;
            default -> true;
        };
    }
}
