package io.baigong.medical.code;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Files of a classification, as small as a test needs. */
public final class SmallFiles {
    private SmallFiles() {}

    /** An order file; each code is as {@code A000 1 Title}. */
    public static Path order(Path folder, String... codes) throws IOException {
        var lines = new StringBuilder();
        int number = 0;
        for (String code : codes) {
            String[] parts = code.split(" ", 3);
            lines.append("%05d %-7s %s %-60.60s %s%n".formatted(++number, parts[0], parts[1], parts[2], parts[2]));
        }
        return Files.writeString(Files.createTempFile(folder, "order", ".txt"), lines);
    }

    /** A tabular list that places categories; each is as {@code A00} or {@code A00<excludes1><note>x (A01)</note></excludes1>}. */
    public static Path tabular(Path folder, String version, String... categories) throws IOException {
        var xml = new StringBuilder(
                "<ICD10CM.tabular><version>" + version + "</version><chapter><name>1</name><desc>All (A00-Z99)</desc>");
        for (String category : categories) {
            int notes = category.indexOf('<');
            String name = notes < 0 ? category : category.substring(0, notes);
            xml.append("<diag><name>").append(name).append("</name><desc>x</desc>");
            xml.append(notes < 0 ? "" : category.substring(notes)).append("</diag>");
        }
        return Files.writeString(
                Files.createTempFile(folder, "tabular", ".xml"), xml.append("</chapter></ICD10CM.tabular>"));
    }

    /** A list; each line has its columns between bars. */
    public static Path list(Path folder, String... lines) throws IOException {
        return Files.writeString(
                Files.createTempFile(folder, "list", ".tsv"),
                String.join("\n", List.of(lines)).replace('|', '\t'));
    }
}
