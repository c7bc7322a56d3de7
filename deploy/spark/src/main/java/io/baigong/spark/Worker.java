package io.baigong.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.util.TaskCompletionListener;
import scala.Tuple2;

/**
 * Runs the records of one Spark task by {@code work}, the suite's own command, in a process beside the executor: so its libraries and
 * Spark's never meet, and a record that ends the process does not end the executor.
 *
 * @param arguments of Java
 * @param credentials for the suite; they go to the process by its environment, and so stand in no list of processes
 */
record Worker(List<String> arguments, String credentials)
        implements FlatMapFunction<Iterator<Tuple2<String, Long>>, String> {
    private static final int JAVA = 25;

    static Worker of(Job job, UUID batch, String credentials) {
        String app = job.app();
        var arguments = new ArrayList<String>(List.of(
                "-Xmx" + job.heap(),
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dfile.encoding=UTF-8",
                "-Djava.awt.headless=true",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Dbaigong.app=" + app,
                "-cp",
                app + "/lib/main/*:" + app + "/lib/boot/*:" + app + "/app/*",
                "io.baigong.host.cli.Baigong",
                "work",
                job.task(),
                "--server=" + job.server(),
                "--batch=" + batch));
        job.fields().forEach((name, value) -> arguments.add("--field=" + name + "=" + value));
        return new Worker(arguments, credentials);
    }

    /** Results as JSON Lines; each is kept by the suite before it is given here. */
    @Override
    public Iterator<String> call(Iterator<Tuple2<String, Long>> records) throws IOException {
        if (!records.hasNext()) {
            return Collections.emptyIterator();
        }
        var command = new ArrayList<String>(List.of(java()));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command);
        builder.environment().put("BAIGONG_CREDENTIALS", credentials);
        Process process = builder.start();
        TaskCompletionListener end = _ -> process.destroyForcibly();
        TaskContext.get().addTaskCompletionListener(end);
        return new WorkerResults(process, records);
    }

    /** The executor's own Java if it is new enough, else the one that {@code BAIGONG_JAVA_HOME} names. */
    private static String java() {
        String home = System.getenv("BAIGONG_JAVA_HOME");
        if (home == null) {
            if (Runtime.version().feature() < JAVA) {
                throw new IllegalStateException("the suite's program needs Java " + JAVA + " and this executor has "
                        + Runtime.version().feature()
                        + ": run executors on it, or set spark.executorEnv.BAIGONG_JAVA_HOME to one");
            }
            home = System.getProperty("java.home");
        }
        return Path.of(home, "bin", "java").toString();
    }
}
