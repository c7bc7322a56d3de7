package io.baigong.host.training;

import java.io.IOException;

/** The training's own side of a process that somebody watches: tells by lines, and ends when who watches is no more. */
public final class AttendedTraining {
    private AttendedTraining() {}

    /** Ends this process as soon as its standard input does. */
    public static void endWithParent() {
        Thread.ofPlatform().daemon().name("parent").start(() -> {
            try {
                while (System.in.read() >= 0) {
                    // Nothing is sent; the stream's end is what counts.
                }
            } catch (IOException e) {
                // The same as its end.
            }
            Runtime.getRuntime().halt(1);
        });
    }

    /** Tells by lines of JSON on standard output. */
    public static TrainingLines lines() {
        return new TrainingLines(System.out);
    }
}
