package io.baigong.host.run;

/** The input does not fit the task; the message is for the person who sent it. */
public final class InvalidInput extends Exception {
    private final String detail;
    private final String remedy;

    public InvalidInput(String detail, String remedy) {
        super(detail);
        this.detail = detail;
        this.remedy = remedy;
    }

    /** What is wrong. */
    public String detail() {
        return detail;
    }

    /** What that person can do about it. */
    public String remedy() {
        return remedy;
    }
}
