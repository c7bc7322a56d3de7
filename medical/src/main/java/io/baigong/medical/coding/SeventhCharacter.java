package io.baigong.medical.coding;

import io.baigong.medical.code.IcdTable;
import java.util.regex.Pattern;

/** Codes of ICD-10-CM that still lack the 7th character that says which encounter it is. */
final class SeventhCharacter {
    /** Length of a code that has a 7th character, with its dot. */
    private static final int WITH = 8;

    private static final Pattern ENCOUNTER = Pattern.compile(
            ",? (?:initial|subsequent) encounter.*|,? sequela$|, not applicable or unspecified$|, fetus \\d$");

    private SeventhCharacter() {}

    /** The code without its 7th character; itself where it has none. */
    static String without(String code) {
        return code.length() == WITH ? code.substring(0, WITH - 1) : code;
    }

    /** A title without what its 7th character says. */
    static String title(String title) {
        return ENCOUNTER.matcher(title).replaceAll("");
    }

    /** The title of a code, or of what it is without a 7th character; empty where the table has neither. */
    static String title(IcdTable table, String code) {
        return table.find(code)
                .map(IcdTable.IcdCode::title)
                .or(() -> code.length() == WITH - 1
                        ? "AD0DSK1X9"
                                .chars()
                                .mapToObj(c -> table.find(code + (char) c))
                                .flatMap(java.util.Optional::stream)
                                .findFirst()
                                .map(found -> title(found.title()))
                        : java.util.Optional.empty())
                .orElse("");
    }
}
