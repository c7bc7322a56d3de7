package io.baigong.host.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.baigong.host.cli.Wrk.Load;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
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
    private static final String PATH = "/v1/chat/completions";

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
        nginx(suite, server, proxy);
        Process running = suite.start(List.of(
                "baigong.gateway.backends.fixed.url=http://127.0.0.1:" + server + "/v1",
                "baigong.gateway.models.house.targets[0].backend=fixed"));
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
        report(loads, before, BenchSuite.residentKilobytes(running));
    }

    private static void keep(Map<String, List<Load>> loads, int round, String side, Load load) {
        if (round >= 0) {
            loads.computeIfAbsent(side, _ -> new ArrayList<>()).add(load);
        }
    }

    private void report(Map<String, List<Load>> loads, long before, long after) throws IOException {
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

    private static void nginx(BenchSuite suite, int server, int proxy) throws IOException {
        Path folder = suite.folder();
        Path config = folder.resolve("nginx.conf");
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
                }
                """.formatted(folder, server, proxy, ANSWER));
        suite.start(new ProcessBuilder("nginx", "-p", folder.toString(), "-c", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("nginx.log").toFile()));
    }
}
