package io.baigong.journal.audit;

import java.util.List;
import java.util.stream.Collectors;

/** What entries are found by, beside kind and actor. */
final class Terms {
    private Terms() {}

    static String task(String task) {
        return "task:" + task;
    }

    static String record(String record) {
        return "record:" + record;
    }

    /** As PostgreSQL writes an array of texts. */
    static String array(List<String> terms) {
        return terms.stream()
                .map(term -> '"' + term.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }

    static String model(String name, String version) {
        return "model:" + name + "@" + version;
    }
}
