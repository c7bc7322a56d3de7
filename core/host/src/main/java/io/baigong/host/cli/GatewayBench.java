package io.baigong.host.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.baigong.host.cli.Baigong.WrongUsage;
import io.baigong.host.cli.Wrk.Load;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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

    private final List<Process> started = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        Wrk.needs("wrk");
        Wrk.needs("nginx");
        Path app = Path.of(System.getProperty("baigong.app", ""), "quarkus-run.jar");
        if (!Files.isRegularFile(app)) {
            throw new WrongUsage("the suite is not built; run this through ./baigong");
        }
        Path folder = Files.createTempDirectory("baigong-bench");
        // PostgreSQL never runs as root, so another user must get in.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        try {
            measure(folder, app);
            return CommandLine.ExitCode.OK;
        } finally {
            for (Process process : started) {
                process.destroy();
                process.waitFor(30, TimeUnit.SECONDS);
            }
            delete(folder);
        }
    }

    private void measure(Path folder, Path app) throws IOException, InterruptedException {
        int server = freePort();
        int proxy = freePort();
        int suite = freePort();
        nginx(folder, server, proxy);
        String password = UUID.randomUUID().toString();
        Process running = suite(folder, app, suite, server, password);
        var wrk = new Wrk(folder, QUESTION, key(suite, password));
        String through = "http://127.0.0.1:" + suite + PATH;
        String bare = "http://127.0.0.1:" + proxy + PATH;
        String direct = "http://127.0.0.1:" + server + PATH;
        Map<String, List<Load>> loads = new LinkedHashMap<>();
        long before = 0;
        try (var progress = new ProgressBar()) {
            for (int round = -2; round < rounds; round++) {
                progress.at((round + 2.0) / (rounds + 2), round < 0 ? "warming up" : "round " + (round + 1));
                before = round == 0 ? residentKilobytes(running) : before;
                keep(loads, round, "suite", wrk.run(through, connections, seconds));
                keep(loads, round, "nginx", wrk.run(bare, connections, seconds));
                if (round >= 0) {
                    keep(loads, round, "suite, one connection", wrk.run(through, 1, seconds));
                    keep(loads, round, "nginx, one connection", wrk.run(bare, 1, seconds));
                    keep(loads, round, "no proxy, one connection", wrk.run(direct, 1, seconds));
                }
            }
        }
        report(loads, before, residentKilobytes(running));
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

    private void nginx(Path folder, int server, int proxy) throws IOException {
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
        started.add(new ProcessBuilder("nginx", "-p", folder.toString(), "-c", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("nginx.log").toFile())
                .start());
    }

    private Process suite(Path folder, Path app, int port, int server, String password)
            throws IOException, InterruptedException {
        Path log = folder.resolve("suite.log");
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx640m",
                        "-XX:+UseSerialGC",
                        "-Dbaigong.gateway.backends.fixed.url=http://127.0.0.1:" + server + "/v1",
                        "-Dbaigong.gateway.models.house.targets[0].backend=fixed",
                        "-jar",
                        app.toString(),
                        "--port",
                        String.valueOf(port))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("BAIGONG_HOME", folder.resolve("home").toString());
        builder.environment().put("BAIGONG_ACCOUNTS_PASSWORD", password);
        Process process = builder.start();
        started.add(process);
        for (int i = 0; i < 600 && !Files.readString(log).contains("Sign in as"); i++) {
            if (!process.isAlive()) {
                throw new IOException("the suite did not start: " + Files.readString(log));
            }
            Thread.sleep(200);
        }
        return process;
    }

    private static String key(int port, String password) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            String basic = Base64.getEncoder().encodeToString(("analyst:" + password).getBytes(StandardCharsets.UTF_8));
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/keys"))
                            .header("Authorization", "Basic " + basic)
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(
                                    "{\"name\":\"bench\",\"requestsPerMinute\":100000000,\"concurrentRequests\":1000}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 201) {
                throw new IOException("no key was made: " + answer.body());
            }
            return new ObjectMapper().readTree(answer.body()).path("secret").asText();
        }
    }

    private static long residentKilobytes(Process process) throws IOException {
        return Files.readString(Path.of("/proc/" + process.pid() + "/status"))
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
