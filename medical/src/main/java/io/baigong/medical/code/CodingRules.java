package io.baigong.medical.code;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Checks codes of one record against the notes of the tabular list. It only warns: which code goes is for a coder to decide.
 */
public final class CodingRules {
    private static final Pattern IN_PARENTHESES = Pattern.compile("\\(([^()]*\\d[^()]*)\\)");
    private static final Pattern REFERENCE = Pattern.compile(
            "([A-Z]\\d[0-9A-Z](?:\\.[0-9A-Z]{1,4})?)(?:\\s*-\\s*([A-Z]\\d[0-9A-Z](?:\\.[0-9A-Z]{1,4})?))?(-?)");

    private final IcdTable table;

    public CodingRules(IcdTable table) {
        this.table = table;
    }

    /** How grave a warning is. */
    public enum Severity {
        /** The codes can't stand as they are. */
        CONFLICT,
        /** Something is missing or out of order. */
        CHECK,
        /** To be known. */
        NOTICE
    }

    /** What a warning is about. */
    public enum Kind {
        EXCLUDES1,
        EXCLUDES2,
        CODE_FIRST,
        USE_ADDITIONAL,
        SEVENTH_CHARACTER,
        NOT_BILLABLE,
        LATERALITY,
        UNCERTAIN,
        /** The edition in force on the date of the record has no such code. */
        NOT_IN_FORCE
    }

    /**
     * A warning.
     *
     * @param codes the codes concerned
     * @param citation the note, as the tabular list has it, with the code that it stands at
     */
    public record Warning(Severity severity, Kind kind, List<String> codes, String citation) {
        public Warning {
            codes = List.copyOf(codes);
        }
    }

    /**
     * All warnings for these codes.
     *
     * @param codes in sequence, the principal diagnosis first
     */
    public List<Warning> check(List<String> codes) {
        var warnings = new ArrayList<Warning>();
        for (String code : codes) {
            List<IcdNote> notes = table.notes(code);
            shape(code, notes, warnings);
            var together = new LinkedHashMap<String, List<IcdNote>>();
            for (IcdNote note : notes) {
                switch (note.kind()) {
                    case EXCLUDES1 -> excludes(code, note, codes, Severity.CONFLICT, Kind.EXCLUDES1, warnings);
                    // Of a whole chapter it says only that other chapters exist: both may be coded.
                    case EXCLUDES2 -> {
                        if (isOwn(note)) {
                            excludes(code, note, codes, Severity.NOTICE, Kind.EXCLUDES2, warnings);
                        }
                    }
                    // The lines of one note are alternatives: "underlying disease, such as: amyloidosis, gout".
                    case CODE_FIRST, USE_ADDITIONAL ->
                        together.computeIfAbsent(note.kind() + note.at(), k -> new ArrayList<>())
                                .add(note);
                    case SEVENTH_CHARACTER -> {}
                }
            }
            together.values().forEach(lines -> sequence(code, lines, codes, warnings));
        }
        return warnings.stream().distinct().toList();
    }

    private void excludes(
            String code, IcdNote note, List<String> codes, Severity severity, Kind kind, List<Warning> warnings) {
        named(note, code, codes)
                .forEach(other -> warnings.add(new Warning(severity, kind, List.of(code, other), cite(List.of(note)))));
    }

    private static List<String> named(IcdNote note, String code, List<String> codes) {
        return codes.stream()
                .filter(other -> !other.equals(code) && names(note.text(), other))
                .toList();
    }

    private void sequence(String code, List<IcdNote> lines, List<String> codes, List<Warning> warnings) {
        IcdNote first = lines.getFirst();
        List<String> named = lines.stream()
                .flatMap(line -> named(line, code, codes).stream())
                .distinct()
                .toList();
        boolean own = isOwn(first);
        if (first.kind() == IcdNote.Kind.CODE_FIRST) {
            boolean before = named.stream().anyMatch(other -> codes.indexOf(other) < codes.indexOf(code));
            boolean mayBeAbsent = lines.stream().anyMatch(line -> line.text().contains("if applicable"));
            if (!before && (!named.isEmpty() || (own && !mayBeAbsent))) {
                var concerned = new ArrayList<String>(List.of(code));
                concerned.addAll(named);
                warnings.add(new Warning(Severity.CHECK, Kind.CODE_FIRST, concerned, cite(lines)));
            }
        } else if (named.isEmpty() && own) {
            warnings.add(new Warning(Severity.NOTICE, Kind.USE_ADDITIONAL, List.of(code), cite(lines)));
        }
    }

    /** Whether a note is of a category or code; those of chapters and sections speak of much else. */
    private static boolean isOwn(IcdNote note) {
        return note.at().indexOf('-') < 0;
    }

    private void shape(String code, List<IcdNote> notes, List<Warning> warnings) {
        Optional<IcdTable.IcdCode> known = table.find(code);
        Optional<IcdNote> seventh = notes.stream()
                .filter(note -> note.kind() == IcdNote.Kind.SEVENTH_CHARACTER)
                .findFirst();
        if (seventh.isPresent() && code.replace(".", "").length() < 7) {
            warnings.add(
                    new Warning(Severity.CHECK, Kind.SEVENTH_CHARACTER, List.of(code), cite(List.of(seventh.get()))));
        } else if (known.isPresent() && !known.get().billable()) {
            warnings.add(new Warning(
                    Severity.CHECK,
                    Kind.NOT_BILLABLE,
                    List.of(code),
                    "%s: %s %s is not valid for reporting (Guidelines I.B.2)"
                            .formatted(table.name(), code, known.get().title())));
        }
    }

    private String cite(List<IcdNote> lines) {
        IcdNote first = lines.getFirst();
        String title = switch (first.kind()) {
            case EXCLUDES1 -> "Excludes1";
            case EXCLUDES2 -> "Excludes2";
            case CODE_FIRST -> "Code first";
            case USE_ADDITIONAL -> "Use additional";
            case SEVENTH_CHARACTER -> "7th character";
        };
        return "%s, %s, %s: %s"
                .formatted(
                        table.name(),
                        first.at(),
                        title,
                        lines.stream().map(IcdNote::text).collect(Collectors.joining("; ")));
    }

    /** Whether a note names the code, alone ({@code R57.8}), with all below it ({@code A32.-}) or in a range ({@code T61-T62}). */
    static boolean names(String note, String code) {
        Matcher parentheses = IN_PARENTHESES.matcher(note);
        while (parentheses.find()) {
            Matcher reference = REFERENCE.matcher(parentheses.group(1).replace(".-", "-"));
            while (reference.find()) {
                String first = reference.group(1);
                String last = reference.group(2);
                if (last != null) {
                    String cut = code.substring(0, Math.min(code.length(), last.length()));
                    if (first.compareTo(code) <= 0 && cut.compareTo(last) <= 0) {
                        return true;
                    }
                } else if (code.startsWith(first)) {
                    return true;
                }
            }
        }
        return false;
    }
}
