package io.baigong.spi;

import java.util.regex.Pattern;

/** Names a task: {@code vertical.task}, for example {@code finance.contract-review}. */
public record TaskId(String vertical, String task) {
    private static final Pattern PART = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    public TaskId {
        if (!PART.matcher(vertical).matches() || !PART.matcher(task).matches()) {
            throw new IllegalArgumentException(
                    "a task id is two lower-case words joined by a dot, such as finance.contract-review, not "
                            + vertical
                            + "."
                            + task);
        }
    }

    /** Reads {@code vertical.task}. */
    public static TaskId parse(String text) {
        int dot = text.indexOf('.');
        if (dot < 0) {
            throw new IllegalArgumentException(
                    "a task id is two words joined by a dot, such as finance.contract-review, not " + text);
        }
        return new TaskId(text.substring(0, dot), text.substring(dot + 1));
    }

    @Override
    public String toString() {
        return vertical + "." + task;
    }
}
