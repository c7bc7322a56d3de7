package io.baigong.app;

import io.baigong.host.change.Changes;
import io.quarkus.arc.Arc;
import io.quarkus.arc.ArcContainer;
import io.quarkus.runtime.Quarkus;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * On SIGTERM and SIGINT the application stops first, and only then the process.
 *
 * <p>By itself the JVM runs all shutdown hooks at once; ONNX Runtime's frees its environment under a model that is being opened or
 * used, and the process dies with PostgreSQL left behind. A second signal ends the process at once.
 */
final class OrderlyStop {
    /** The signals heard, with their numbers (POSIX.1-2017, signal.h). */
    private static final Map<String, Integer> SIGNALS = Map.of("TERM", 15, "INT", 2);

    /** Shells say so of a process that a signal ended: POSIX.1-2017, Shell Command Language, section 2.8.2. */
    private static final int SIGNALLED = 128;

    private static final AtomicBoolean ASKED = new AtomicBoolean();

    private OrderlyStop() {}

    /**
     * From now on. Java hears of signals only by {@code sun.misc.Signal}, of the module jdk.unsupported, which the compiler lets
     * nobody name without a warning; hence by reflection.
     */
    static void install() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            for (var each : SIGNALS.entrySet()) {
                InvocationHandler ask = (proxy, method, arguments) -> {
                    ask(SIGNALLED + each.getValue());
                    return null;
                };
                signal.getMethod("handle", signal, handler)
                        .invoke(
                                null,
                                signal.getConstructor(String.class).newInstance(each.getKey()),
                                Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, ask));
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java does not tell of signals", e);
        }
    }

    private static void ask(int status) {
        if (ASKED.compareAndSet(false, true)) {
            // Streams of events have no end of their own, for which calls in flight would be waited.
            ArcContainer container = Arc.container();
            if (container != null && container.isRunning()) {
                container.instance(Changes.class).get().end();
            }
            Quarkus.asyncExit(status);
        } else {
            System.exit(status);
        }
    }
}
