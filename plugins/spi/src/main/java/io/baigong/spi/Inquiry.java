package io.baigong.spi;

/**
 * A question that a page asks beside a task: to look something up in reference data, or to check what is about to be given.
 *
 * <p>It asks no model, answers within a moment, and leaves no entry in the journal; what is to be proven later is a run. Thread-safe.
 *
 * @param <Q> the question, from JSON; a component that was not given is null
 * @param <A> the answer
 */
public interface Inquiry<Q extends Record, A extends Record> {
    /** Short lower-case name, such as {@code code-search}; its own within its task. */
    String name();

    Class<Q> questionType();

    Class<A> answerType();

    /**
     * Answers any question that can be written in JSON; one that makes no sense has an answer that says so or holds nothing.
     *
     * @param references the reference data of the vertical that was imported
     */
    A answer(Q question, References references);
}
