package io.baigong.medical.note;

import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The part of a note that words stand in, by the heading before them. */
public enum Section {
    DIAGNOSIS(
            "diagnos[ei]s|(?:admission|discharge|final|principal) diagnos[ei]s|impression|assessment|diagnósticos?|juicio clínico"
                    + "|(?:出院|入院|主要|最后|初步)?诊断"),
    HISTORY("past (?:medical )?history|medical history|antecedentes(?: personales)?|既往史|个人史"),
    FAMILY_HISTORY("family history|antecedentes familiares|家族史"),
    PRESENT_ILLNESS(
            "history of (?:the )?present illness|hpi|chief complaint|motivo de consulta|enfermedad actual|现病史|主诉"),
    EXAMINATION("physical exam(?:ination)?|exploración(?: física)?|体格检查|查体|辅助检查"),
    COURSE("hospital course|course|evolución|诊疗经过|住院经过"),
    PLAN("plan|discharge (?:plan|instructions)|medications?|tratamiento|plan terapéutico|出院医嘱|治疗"),
    OTHER("(?!)");

    private static final int LONGEST_HEADING = 60;
    private final Pattern heading;

    Section(String heading) {
        this.heading =
                Pattern.compile("^\\s*(?:" + heading + ")\\s*[:：]", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /** Whether what stands at a place is a heading, which says what follows and nothing of the patient. */
    public static boolean isHeading(String text, int at) {
        int start = text.lastIndexOf('\n', at - 1) + 1;
        String line = text.substring(start, Math.min(text.length(), start + LONGEST_HEADING));
        for (Section section : values()) {
            Matcher heading = section.heading.matcher(line);
            if (heading.find() && at < start + heading.end()) {
                return true;
            }
        }
        return false;
    }

    /** The sections of a text by the first UTF-16 unit of each; one begins at 0. */
    public static NavigableMap<Integer, Section> of(String text) {
        var sections = new TreeMap<Integer, Section>();
        sections.put(0, OTHER);
        int start = 0;
        while (start < text.length()) {
            int stop = text.indexOf('\n', start);
            int end = stop < 0 ? text.length() : stop;
            String line = text.substring(start, Math.min(end, start + LONGEST_HEADING));
            for (Section section : values()) {
                if (section.heading.matcher(line).find()) {
                    sections.put(start, section);
                    break;
                }
            }
            start = end + 1;
        }
        return sections;
    }
}
