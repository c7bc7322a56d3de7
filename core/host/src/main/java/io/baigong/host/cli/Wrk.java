package io.baigong.host.cli;

import io.baigong.host.cli.Baigong.WrongUsage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The load generator wrk (github.com/wg/wrk), which keeps so many connections busy. */
final class Wrk {
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern LATENCY = Pattern.compile("(50|99)%\\s+([0-9.]+)(us|ms|s)\\b");
    private static final Pattern WRONG = Pattern.compile("Non-2xx or 3xx responses: (\\d+)|Socket errors: (.*)");

    private final Path script;

    /**
     * What wrk measured.
     *
     * @param rate answers per second
     * @param p50 median latency in milliseconds
     * @param p99 99th percentile of the latency in milliseconds
     */
    record Load(double rate, double p50, double p99) {}

    /** Calls that post that JSON with that key. */
    Wrk(Path folder, String json, String key) throws IOException {
        script = folder.resolve("call.lua");
        Files.writeString(script, """
                wrk.method = "POST"
                wrk.body = [==[%s]==]
                wrk.headers["Content-Type"] = "application/json"
                wrk.headers["Authorization"] = "Bearer %s"
                """.formatted(json, key));
    }

    /** Throws {@link WrongUsage} that says how to get a program that is not there. */
    static void needs(String program) {
        boolean there = Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)))
                || Files.isExecutable(Path.of("/usr/sbin", program));
        if (!there) {
            throw new WrongUsage(program + " is needed and was not found; Debian: apt install " + program);
        }
    }

    Load run(String url, int connections, int seconds) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        "wrk", "-t1", "-c" + connections, "-d" + seconds, "--latency", "-s", script.toString(), url))
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0 || WRONG.matcher(printed).find()) {
            throw new IOException("wrk met errors at " + url + ":\n" + printed);
        }
        return new Load(number(RATE, printed), latency("50", printed), latency("99", printed));
    }

    private static double number(Pattern pattern, String printed) throws IOException {
        Matcher matcher = pattern.matcher(printed);
        if (!matcher.find()) {
            throw new IOException("wrk printed no " + pattern + ":\n" + printed);
        }
        return Double.parseDouble(matcher.group(1));
    }

    private static double latency(String percentile, String printed) throws IOException {
        Matcher matcher = LATENCY.matcher(printed);
        while (matcher.find()) {
            if (matcher.group(1).equals(percentile)) {
                double unit = switch (matcher.group(3)) {
                    case "us" -> 1e-3;
                    case "ms" -> 1;
                    default -> 1e3;
                };
                return Double.parseDouble(matcher.group(2)) * unit;
            }
        }
        throw new IOException("wrk printed no latency at " + percentile + "%:\n" + printed.toLowerCase(Locale.ROOT));
    }
}
