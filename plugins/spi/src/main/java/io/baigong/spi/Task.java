package io.baigong.spi;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One job of a vertical: a typed input, a typed output, and how it is measured and made.
 *
 * <p>Thread-safe. Components of {@code I} of type {@link Attachment} are files; all others come from JSON.
 *
 * @param <I> the input record
 * @param <O> the output record
 */
public interface Task<I extends Record, O extends Record> {
    TaskId id();

    /** What this task is called on a page. */
    LocalText title();

    Class<I> inputType();

    Class<O> outputType();

    /** Does the job once. Bad input is {@link Outcome.Failed} with a remedy, never an exception. */
    Outcome<O> run(I input, TaskContext context);

    /** Does the job for many inputs, in order; override where a batch is faster than its parts. */
    default List<Outcome<O>> runAll(List<I> inputs, TaskContext context) {
        var outcomes = new ArrayList<Outcome<O>>(inputs.size());
        for (I input : inputs) {
            outcomes.add(run(input, context));
        }
        return outcomes;
    }

    /** The roles that it may call, with the model shipped for each. */
    List<ModelRole> roles();

    /** Public data sets that it can be measured on. */
    default List<? extends Benchmark> benchmarks() {
        return List.of();
    }

    /** How its models are made. */
    default List<? extends TrainingRecipe> recipes() {
        return List.of();
    }

    /** What a new model of one of its roles must reach before it serves. */
    default List<Gate> gates() {
        return List.of();
    }

    /** What a workbench shows of an output: data, never markup. */
    default List<Panel> panels() {
        return List.of();
    }

    /** Inputs to try it with, written by the vertical itself. */
    default List<Sample> samples() {
        return List.of();
    }

    /** Formats other than JSON in which an output can be taken away. */
    default List<? extends Export<I, O>> exports() {
        return List.of();
    }

    /** What of its runs is watched for drift, beside what any run shows. */
    default Optional<Signals<I, O>> signals() {
        return Optional.empty();
    }

    /**
     * What is at stake in an output, in a unit of the task's own, such as money: with how unsure it is, the order in which people look at
     * outputs. 0 or more; empty where it is not known.
     */
    default OptionalDouble stake(O output) {
        return OptionalDouble.empty();
    }

    /** How people's decisions on its runs become data to learn from. */
    default List<? extends Corrections<I, O>> corrections() {
        return List.of();
    }

    /** How machines feed it while they run. */
    default Optional<? extends Feed<I, O>> feed() {
        return Optional.empty();
    }

    /** Questions that a page may ask beside it. */
    default List<? extends Inquiry<?, ?>> inquiries() {
        return List.of();
    }
}
