package io.baigong.spark;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What is to be done, as the command line says it.
 *
 * @param inputs paths of any file system that Spark reads
 * @param component of the task's input that takes the files, where the format is {@link Format#FILES}
 * @param output folder for the results, which must not be there
 * @param fields values that all records share
 * @param batch to go on with; a new one is opened when empty
 * @param app folder of the suite's program on every machine, absolute or in the executors' own folder
 * @param heap of each worker, as {@code -Xmx} takes it
 * @param tasks how many pieces the records are cut into; as they lie in their files when empty
 */
record Job(
        String task,
        URI server,
        List<String> inputs,
        Format format,
        String component,
        String output,
        Map<String, String> fields,
        Optional<UUID> batch,
        String app,
        String heap,
        Optional<Integer> tasks) {
    /** How records lie in files. */
    enum Format {
        JSONL,
        CSV,
        PARQUET,
        FILES
    }

    static final String USAGE = """
            Runs a task over records of any size with Apache Spark; a suite that is up keeps the runs.

              spark-submit [Spark's options] --archives baigong-app.tar.gz#baigong baigong-spark.jar --task TASK --input PATH --output DIR

              --task TASK         such as medical.icd-coding
              --input PATH        records: files, folders or patterns; repeatable
              --format FORMAT     jsonl (default), csv with a header, parquet, or files: a document or image each
              --component NAME    of the task's input that takes the files, with --format files
              --output DIR        where the results go, as JSON Lines; it must not be there
              --server URL        the suite; http://127.0.0.1:8080 unless it is given
              --field NAME=VALUE  a value that each record is run with unless it has its own; repeatable
              --batch ID          goes on with a batch that an earlier submission of the same records left
              --app DIR           the suite's program on every machine (deploy/app/target/quarkus-app); ./baigong unless it is given
              --heap SIZE         of each worker, one a task that runs; 1g unless it is given
              --tasks N           pieces that the records are cut into; as they lie in their files unless it is given

            Credentials: the variable BAIGONG_CREDENTIALS of the driver, with NAME:PASSWORD or an access token that lives as long as the job.
            Exit codes: 0 done, 1 failed or records failed, 2 wrong usage.
            """;

    /** What was typed can't be meant. */
    static final class WrongUsage extends RuntimeException {
        WrongUsage(String message) {
            super(message);
        }
    }

    /** Reads a command line. Throws {@link WrongUsage}. */
    static Job of(String... args) {
        var given = new HashMap<String, List<String>>();
        for (int i = 0; i < args.length; i += 2) {
            if (!args[i].startsWith("--") || i + 1 == args.length) {
                throw new WrongUsage(
                        "options come in pairs, such as --task medical.icd-coding; this does not: " + args[i]);
            }
            given.computeIfAbsent(args[i].substring(2), _ -> new ArrayList<>()).add(args[i + 1]);
        }
        var fields = new LinkedHashMap<String, String>();
        for (String field : all(given, "field")) {
            int equals = field.indexOf('=');
            if (equals < 1) {
                throw new WrongUsage("--field is NAME=VALUE, not " + field);
            }
            fields.put(field.substring(0, equals), field.substring(equals + 1));
        }
        List<String> inputs = all(given, "input");
        Format format = format(one(given, "format").orElse("jsonl"));
        Optional<String> component = one(given, "component");
        if (inputs.isEmpty() || (format == Format.FILES) != component.isPresent()) {
            throw new WrongUsage("give at least one --input, and --component where --format is files");
        }
        var job = new Job(
                required(given, "task"),
                server(one(given, "server").orElse("http://127.0.0.1:8080")),
                inputs,
                format,
                component.orElse(""),
                required(given, "output"),
                fields,
                one(given, "batch").map(Job::batch),
                one(given, "app").orElse("baigong"),
                one(given, "heap").orElse("1g"),
                one(given, "tasks").map(Job::positive));
        if (!given.isEmpty()) {
            throw new WrongUsage(
                    "there is no option --" + given.keySet().iterator().next());
        }
        return job;
    }

    private static List<String> all(Map<String, List<String>> given, String name) {
        List<String> values = given.remove(name);
        return values == null ? List.of() : List.copyOf(values);
    }

    private static Optional<String> one(Map<String, List<String>> given, String name) {
        List<String> values = all(given, name);
        if (values.size() > 1) {
            throw new WrongUsage("--" + name + " was given twice");
        }
        return values.stream().findFirst();
    }

    private static String required(Map<String, List<String>> given, String name) {
        return one(given, name).orElseThrow(() -> new WrongUsage("--" + name + " is missing"));
    }

    private static Format format(String word) {
        try {
            return Format.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new WrongUsage("--format is jsonl, csv, parquet or files, not " + word);
        }
    }

    private static URI server(String address) {
        if (!address.startsWith("http://") && !address.startsWith("https://")) {
            throw new WrongUsage("--server is an address such as http://127.0.0.1:8080");
        }
        return URI.create(address.endsWith("/") ? address.substring(0, address.length() - 1) : address);
    }

    private static UUID batch(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw new WrongUsage("a batch's id is a UUID, not " + id);
        }
    }

    private static int positive(String number) {
        try {
            int n = Integer.parseInt(number);
            if (n > 0) {
                return n;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new WrongUsage("--tasks is a number from 1, not " + number);
    }
}
