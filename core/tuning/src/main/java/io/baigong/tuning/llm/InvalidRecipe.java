package io.baigong.tuning.llm;

/** A recipe that can't be run; the message is for the person who wrote it. */
public final class InvalidRecipe extends Exception {
    private final String detail;
    private final String remedy;

    /** @param field its path, such as {@code parallel.tensor} */
    public InvalidRecipe(String field, String problem, String remedy) {
        super(field + ": " + problem + ". " + remedy);
        this.detail = field + ": " + problem;
        this.remedy = remedy;
    }

    /** What is wrong, and where. */
    public String detail() {
        return detail;
    }

    /** What that person can do about it. */
    public String remedy() {
        return remedy;
    }
}
