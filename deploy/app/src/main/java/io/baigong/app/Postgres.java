package io.baigong.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * PostgreSQL as a child of the suite: its data stays between starts, every commit is flushed to disk, and it listens on
 * the loopback address only.
 */
final class Postgres implements AutoCloseable {
    private static final String USER = "baigong";
    private static final long START_SECONDS = 120;

    private final Path binaries;
    private final Path data;
    private final Unprivileged unprivileged;
    private final int port;
    private final String password;

    private Postgres(Path binaries, Path data, Unprivileged unprivileged, int port, String password) {
        this.binaries = binaries;
        this.data = data;
        this.unprivileged = unprivileged;
        this.port = port;
        this.password = password;
    }

    /** Starts it on the data in {@code home}, which this process must hold. */
    static Postgres start(Home home) throws IOException, StartException {
        Path binaries = PostgresBinaries.unpacked(home.folder());
        Path data = home.folder().resolve("data");
        var unprivileged = Unprivileged.choose(home.folder());
        String password = home.secret("postgres.secret");
        var postgres = new Postgres(binaries, data, unprivileged, freePort(), password);
        if (!Files.exists(data.resolve("PG_VERSION"))) {
            postgres.initialise(home.folder());
        }
        postgres.checkMajor();
        if (Files.exists(data.resolve("postmaster.pid"))) {
            postgres.stopLeftOver();
        }
        postgres.launch();
        return postgres;
    }

    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    String user() {
        return USER;
    }

    String password() {
        return password;
    }

    private void initialise(Path home) throws IOException, StartException {
        Path fresh = Files.createTempDirectory(home, "data-new");
        Path passwordFile = home.resolve("postgres.secret");
        unprivileged.own(fresh);
        unprivileged.own(passwordFile);
        run(
                "initdb",
                "--pgdata=" + fresh,
                "--username=" + USER,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--no-instructions");
        Files.move(fresh, data);
    }

    private void checkMajor() throws IOException, StartException {
        String major = Files.readString(data.resolve("PG_VERSION")).strip();
        String version = PostgresBinaries.version();
        if (!version.startsWith(major + ".")) {
            throw new StartException("the data in " + data + " is of PostgreSQL " + major + ", and this Baigong brings "
                    + version + ". Start the Baigong that wrote it, dump the data, and load it into this one.");
        }
    }

    /**
     * After a kill of the suite alone, its PostgreSQL still runs. This process holds the folder, so nobody uses it. One that is
     * itself just being killed ends without taking its pid file away, which {@code pg_ctl stop} reports as a failure.
     */
    private void stopLeftOver() throws IOException, StartException {
        if (running() && !stopped() && running()) {
            throw new StartException("the PostgreSQL that an earlier Baigong left in " + data
                    + " can't be stopped. End the process whose number is in its postmaster.pid, and start again.");
        }
    }

    private boolean running() throws IOException {
        return exit("pg_ctl", "status", "--pgdata=" + data) == 0;
    }

    private boolean stopped() throws IOException {
        return exit("pg_ctl", "stop", "--pgdata=" + data, "--mode=fast", "--wait", "--timeout=60") == 0;
    }

    private void launch() throws IOException, StartException {
        Path log = data.resolveSibling("postgres.log");
        Files.deleteIfExists(log);
        Files.createFile(log);
        unprivileged.own(log);
        var options = String.join(
                " ",
                "-c listen_addresses=127.0.0.1",
                "-c port=" + port,
                "-c unix_socket_directories=''",
                "-c max_connections=40",
                "-c shared_buffers=64MB",
                "-c fsync=on",
                "-c synchronous_commit=on",
                "-c full_page_writes=on",
                "-c timezone=UTC",
                // Disks have no arms any more, and one page's query shall not take all cores.
                "-c random_page_cost=1.1",
                "-c max_parallel_workers_per_gather=0");
        run(
                "pg_ctl",
                "start",
                "--pgdata=" + data,
                "--log=" + log,
                "--options=" + options,
                "--wait",
                "--timeout=" + START_SECONDS);
    }

    /** Stops it; the data is complete on disk afterwards. */
    @Override
    public void close() throws IOException {
        if (!stopped()) {
            throw new IOException("pg_ctl stop failed; see postgres.log beside " + data);
        }
    }

    private void run(String program, String... arguments) throws IOException, StartException {
        Path output = Files.createTempFile("baigong-" + program, ".log");
        try {
            int status = exit(output, program, arguments);
            if (status != 0) {
                Path log = data.resolveSibling("postgres.log");
                throw new StartException("PostgreSQL's " + program + " " + arguments[0] + " failed (exit " + status
                        + "):\n" + Files.readString(output).strip()
                        + (Files.isReadable(log) ? "\n" + tail(log) : ""));
            }
        } finally {
            Files.delete(output);
        }
    }

    private static String tail(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
    }

    private int exit(String program, String... arguments) throws IOException {
        Path output = Files.createTempFile("baigong-" + program, ".log");
        try {
            return exit(output, program, arguments);
        } finally {
            Files.delete(output);
        }
    }

    private int exit(Path output, String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(unprivileged.prefix());
        command.add(binaries.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .directory(binaries.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        process.getOutputStream().close();
        try {
            if (!process.waitFor(START_SECONDS + 30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("PostgreSQL's " + program + " does not come to an end");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for PostgreSQL's " + program, e);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
