package io.baigong.host.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.baigong.host.cli.SteadyLoad.Latency;
import io.baigong.host.cli.Wrk.Load;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench gateway}: chat completions through the suite, against nginx as a bare proxy, before the same server. */
@Command(
        name = "gateway",
        mixinStandardHelpOptions = true,
        description =
                "Chat completions per second and latency through the suite, with keys, limits and usage in PostgreSQL,"
                        + " against nginx as a bare proxy; both before an nginx that answers a fixed completion. Needs wrk and nginx."
                        + " Rounds are interleaved; medians.")
final class GatewayBench implements Callable<Integer> {
    private static final String ANSWER =
            "{\"id\":\"c1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"tiny\","
                    + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Clause 8 limits liability to the"
                    + " fees of three months.\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":31,"
                    + "\"completion_tokens\":12,\"total_tokens\":43}}";
    private static final String QUESTION =
            "{\"model\":\"house\",\"messages\":[{\"role\":\"system\",\"content\":\"You are"
                    + " brief.\"},{\"role\":\"user\",\"content\":\"Does a clause limit liability, and to what amount?\"}],"
                    + "\"temperature\":0}";
    private static final String STREAMED = QUESTION.replace("\"house\"", "\"%s\",\"stream\":true");
    private static final String PATH = "/v1/chat/completions";
    private static final int STEADY = 1_000;
    private static final int STREAMS = 100;
    private static final int ALLOCATING_SECONDS = 30;
    private static final Map<String, Integer> EVENTS = Map.of("short", 10, "long", 1_000);
    private static final Pattern ALLOCATED =
            Pattern.compile("(?m)^jvm_gc_memory_allocated_bytes_total(?:\\{[^}]*})? ([0-9.E+]+)$");

    @Option(names = "--seconds", defaultValue = "8", description = "Of each measurement (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--rounds", defaultValue = "3", description = "Measured rounds (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--connections", defaultValue = "16", description = "Kept busy (default: ${DEFAULT-VALUE}).")
    private int connections;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the result as JSON.")
    private @Nullable Path json;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Wrk.needs("wrk");
        Wrk.needs("nginx");
        try (var suite = BenchSuite.create()) {
            measure(suite);
            return CommandLine.ExitCode.OK;
        }
    }

    private void measure(BenchSuite suite) throws IOException, InterruptedException {
        int server = BenchSuite.freePort();
        int proxy = BenchSuite.freePort();
        int shortStreams = BenchSuite.freePort();
        int longStreams = BenchSuite.freePort();
        nginx(suite, server, proxy, shortStreams, longStreams);
        Process running = suite.start(List.of(
                "baigong.gateway.backends.fixed.url=http://127.0.0.1:" + server + "/v1",
                "baigong.gateway.models.house.targets[0].backend=fixed",
                "baigong.gateway.backends.short.url=http://127.0.0.1:" + shortStreams + "/v1",
                "baigong.gateway.models.short.targets[0].backend=short",
                "baigong.gateway.backends.long.url=http://127.0.0.1:" + longStreams + "/v1",
                "baigong.gateway.models.long.targets[0].backend=long"));
        String key = suite.json(
                        "POST",
                        "/api/v1/keys",
                        "{\"name\":\"bench\",\"requestsPerMinute\":100000000,\"concurrentRequests\":1000}")
                .path("secret")
                .asText();
        var wrk = new Wrk(suite.folder(), QUESTION, key);
        String through = suite.address(PATH).toString();
        String bare = "http://127.0.0.1:" + proxy + PATH;
        String direct = "http://127.0.0.1:" + server + PATH;
        Map<String, List<Load>> loads = new LinkedHashMap<>();
        long before = 0;
        try (var progress = new ProgressBar()) {
            for (int round = -2; round < rounds; round++) {
                progress.at((round + 2.0) / (rounds + 2), round < 0 ? "warming up" : "round " + (round + 1));
                before = round == 0 ? BenchSuite.residentKilobytes(running) : before;
                keep(loads, round, "suite", wrk.run(through, connections, seconds));
                keep(loads, round, "nginx", wrk.run(bare, connections, seconds));
                if (round >= 0) {
                    keep(loads, round, "suite, one connection", wrk.run(through, 1, seconds));
                    keep(loads, round, "nginx, one connection", wrk.run(bare, 1, seconds));
                    keep(loads, round, "no proxy, one connection", wrk.run(direct, 1, seconds));
                }
            }
        }
        long after = BenchSuite.residentKilobytes(running);
        Map<String, List<Latency>> steady = new LinkedHashMap<>();
        var whole = new SteadyLoad(QUESTION, key);
        var stream = new SteadyLoad(STREAMED.formatted("short"), key);
        URI events = URI.create("http://127.0.0.1:" + shortStreams + PATH);
        for (int round = -1; round < rounds; round++) {
            keep(steady, round, "no proxy", whole.run(URI.create(direct), STEADY, connections, seconds));
            keep(steady, round, "suite", whole.run(URI.create(through), STEADY, connections, seconds));
            keep(steady, round, "stream, no proxy", stream.run(events, STREAMS, connections, seconds));
            keep(steady, round, "stream, suite", stream.run(URI.create(through), STREAMS, connections, seconds));
        }
        Map<String, Long> allocated = new LinkedHashMap<>();
        allocated.put("whole", allocated(suite, whole, URI.create(through), STEADY));
        // Enough calls for many collections, which alone move the figure.
        allocated.put("stream of " + EVENTS.get("short"), allocated(suite, stream, URI.create(through), STEADY));
        var longStream = new SteadyLoad(STREAMED.formatted("long"), key);
        allocated.put("stream of " + EVENTS.get("long"), allocated(suite, longStream, URI.create(through), STREAMS));
        report(loads, steady, allocated, before, after);
    }

    /** Bytes that a call allocates in the suite, and all that goes on beside it. */
    private long allocated(BenchSuite suite, SteadyLoad load, URI url, int perSecond)
            throws IOException, InterruptedException {
        long before = allocated(suite);
        load.run(url, perSecond, connections, ALLOCATING_SECONDS);
        return (allocated(suite) - before) / ((long) perSecond * ALLOCATING_SECONDS);
    }

    /** As the collections of the heap's young generation have seen it so far. */
    private static long allocated(BenchSuite suite) throws IOException, InterruptedException {
        Matcher matcher = ALLOCATED.matcher(suite.send(suite.request("/q/metrics")));
        if (!matcher.find()) {
            throw new IOException("the suite's metrics say nothing of allocated memory");
        }
        return (long) Double.parseDouble(matcher.group(1));
    }

    private static <L> void keep(Map<String, List<L>> loads, int round, String side, L load) {
        if (round >= 0) {
            loads.computeIfAbsent(side, _ -> new ArrayList<>()).add(load);
        }
    }

    private void report(
            Map<String, List<Load>> loads,
            Map<String, List<Latency>> steady,
            Map<String, Long> allocated,
            long before,
            long after)
            throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("connections", connections);
        result.put("processors", Runtime.getRuntime().availableProcessors());
        Map<String, Load> medians = new LinkedHashMap<>();
        loads.forEach((side, of) -> medians.put(side, median(of)));
        medians.forEach((side, load) -> {
            out.println(String.format(
                    Locale.ROOT,
                    "%-26s %9.0f answers/s   p50 %7.3f ms   p99 %7.3f ms",
                    side,
                    load.rate(),
                    load.p50(),
                    load.p99()));
            result.put(side, load);
        });
        Load suite = medians.getOrDefault("suite", new Load(0, 0, 0));
        Load nginx = medians.getOrDefault("nginx", new Load(1, 0, 0));
        out.println(String.format(Locale.ROOT, "of bare nginx              %9.2f", suite.rate() / nginx.rate()));
        out.println(String.format(
                Locale.ROOT, "resident memory            %d MB, after the load %d MB", before / 1024, after / 1024));
        Map<String, Latency> latencies = new LinkedHashMap<>();
        steady.forEach((side, of) -> latencies.put(side, medianLatency(of)));
        latencies.forEach((side, latency) -> out.println(String.format(
                Locale.ROOT,
                "%-17s %5d/s   first byte %7.3f ms   p50 %7.3f ms   p99 %7.3f ms",
                side,
                side.startsWith("stream") ? STREAMS : STEADY,
                latency.first(),
                latency.p50(),
                latency.p99())));
        result.put("steady", latencies);
        Latency direct = latencies.getOrDefault("no proxy", new Latency(0, 0, 0));
        Latency added = latencies.getOrDefault("suite", new Latency(0, 0, 0));
        double firstToken =
                latencies.getOrDefault("stream, suite", new Latency(0, 0, 0)).first()
                        - latencies
                                .getOrDefault("stream, no proxy", new Latency(0, 0, 0))
                                .first();
        out.println(String.format(
                Locale.ROOT,
                "added                      p50 %.3f ms   p99 %.3f ms   first token of a stream %.3f ms",
                added.p50() - direct.p50(),
                added.p99() - direct.p99(),
                firstToken));
        allocated.forEach((call, bytes) ->
                out.println(String.format(Locale.ROOT, "allocated for a call       %9d bytes, %s", bytes, call)));
        result.put("allocated_bytes", allocated);
        out.println("Portkey, LiteLLM, Bifrost  not compared here");
        out.flush();
        result.put("of_bare_nginx", suite.rate() / nginx.rate());
        result.put("resident_kilobytes_before", before);
        result.put("resident_kilobytes_after", after);
        if (json != null) {
            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), result);
        }
    }

    private static Load median(List<Load> loads) {
        return new Load(
                PassagesBench.median(loads.stream().mapToDouble(Load::rate).toArray()),
                PassagesBench.median(loads.stream().mapToDouble(Load::p50).toArray()),
                PassagesBench.median(loads.stream().mapToDouble(Load::p99).toArray()));
    }

    private static Latency medianLatency(List<Latency> latencies) {
        return new Latency(
                PassagesBench.median(
                        latencies.stream().mapToDouble(Latency::p50).toArray()),
                PassagesBench.median(
                        latencies.stream().mapToDouble(Latency::p99).toArray()),
                PassagesBench.median(
                        latencies.stream().mapToDouble(Latency::first).toArray()));
    }

    /** A stream of so many words. */
    private static String stream(int events) {
        String chunk =
                "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"tiny\",\"choices\":";
        String delta = chunk + "[{\"index\":0,\"delta\":{\"content\":\"word \"},\"finish_reason\":null}]}\n\n";
        return delta.repeat(events) + chunk
                + "[],\"usage\":{\"prompt_tokens\":31,\"completion_tokens\":" + events + ",\"total_tokens\":"
                + (31 + events)
                + "}}\n\ndata: [DONE]\n\n";
    }

    private static void nginx(BenchSuite suite, int server, int proxy, int shortStreams, int longStreams)
            throws IOException {
        Path folder = suite.folder();
        Path config = folder.resolve("nginx.conf");
        for (var length : EVENTS.entrySet()) {
            Files.createDirectories(folder.resolve(length.getKey()));
            Files.writeString(folder.resolve(length.getKey()).resolve("events"), stream(length.getValue()));
        }
        Files.writeString(config, """
                daemon off; worker_processes 1; pid %1$s/pid; error_log %1$s/error.log;
                events { worker_connections 1024; }
                http {
                  access_log off; keepalive_requests 100000000;
                  client_body_temp_path %1$s; proxy_temp_path %1$s;
                  server { listen 127.0.0.1:%2$d; location / { default_type application/json; return 200 '%4$s'; } }
                  upstream server { server 127.0.0.1:%2$d; keepalive 64; keepalive_requests 100000000; }
                  server { listen 127.0.0.1:%3$d; location / {
                    proxy_pass http://server; proxy_http_version 1.1; proxy_set_header Connection ""; } }
                  server { listen 127.0.0.1:%5$d; default_type text/event-stream; root %1$s/short; error_page 405 =200 /events;
                    location = /events { } location / { return 405; } }
                  server { listen 127.0.0.1:%6$d; default_type text/event-stream; root %1$s/long; error_page 405 =200 /events;
                    location = /events { } location / { return 405; } }
                }
                """.formatted(folder, server, proxy, ANSWER, shortStreams, longStreams));
        suite.start(new ProcessBuilder("nginx", "-p", folder.toString(), "-c", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("nginx.log").toFile()));
    }
}
