package io.baigong.finance.playbook;

import java.util.List;
import java.util.stream.Collectors;

/** A playbook that can't be used, with every place where it is wrong. */
public final class InvalidPlaybook extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<Fault> faults;

    InvalidPlaybook(List<Fault> faults) {
        super(faults.stream().map(Fault::shown).collect(Collectors.joining("; ")));
        this.faults = List.copyOf(faults);
    }

    /** What is wrong, in the order of the file. */
    public List<Fault> faults() {
        return faults;
    }

    /**
     * One fault.
     *
     * @param line from 1; 0 if the fault is of the file as a whole
     * @param column from 1; 0 likewise
     */
    public record Fault(int line, int column, String message) {
        /** The fault in one line. */
        public String shown() {
            return line == 0 ? message : "line " + line + ", column " + column + ": " + message;
        }
    }
}
