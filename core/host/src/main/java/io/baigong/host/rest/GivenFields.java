package io.baigong.host.rest;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values that all records of a batch share, as a request's JSON has them. */
final class GivenFields {
    private GivenFields() {}

    /** Without those that are null. */
    static Map<String, String> of(@Nullable Map<String, @Nullable String> given) {
        var fields = new LinkedHashMap<String, String>();
        if (given != null) {
            given.forEach((name, value) -> {
                if (value != null) {
                    fields.put(name, value);
                }
            });
        }
        return fields;
    }
}
