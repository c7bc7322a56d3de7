package io.baigong.host.cli;

import io.baigong.spi.Progress;
import java.io.PrintStream;

/** Progress as a bar on a terminal, or a line now and then where there is none. Thread-safe. */
final class ProgressBar implements Progress, AutoCloseable {
    private static final int WIDTH = 30;
    private static final long BAR_NANOS = 100_000_000L;
    private static final long LINE_NANOS = 30_000_000_000L;

    private final PrintStream err;
    private final boolean terminal;
    private long next;
    private boolean shown;

    @SuppressWarnings("SystemConsoleNull") // the null check is what NullAway asks for
    ProgressBar() {
        var console = System.console();
        this.terminal = console != null && console.isTerminal();
        this.err = System.err;
        this.next = System.nanoTime() + (terminal ? 0 : LINE_NANOS);
    }

    @Override
    public synchronized void at(double share, String what) {
        long now = System.nanoTime();
        if (now - next < 0 && share < 1) {
            return;
        }
        next = now + (terminal ? BAR_NANOS : LINE_NANOS);
        double done = Math.clamp(share, 0, 1);
        String text = "%3d %%  %s".formatted(Math.round(done * 100), Words.line(what));
        if (terminal) {
            int full = (int) Math.round(done * WIDTH);
            err.print("\r\033[K" + "█".repeat(full) + "░".repeat(WIDTH - full) + " " + text);
            err.flush();
            shown = true;
        } else {
            err.println(text);
        }
    }

    @Override
    public synchronized void close() {
        if (shown) {
            err.print("\r\033[K");
            err.flush();
        }
    }
}
