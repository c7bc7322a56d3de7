package io.baigong.app;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code ./baigong up}: starts PostgreSQL, unless {@code BAIGONG_DB_URL} names one, and then the suite. */
@QuarkusMain
public final class BaigongApp {
    private BaigongApp() {}

    public static void main(String[] args) {
        try {
            start(UpArguments.parse(args));
        } catch (StartException e) {
            System.err.println("baigong: " + e.getMessage());
            System.exit(1);
        } catch (IOException e) {
            System.err.println("baigong: PostgreSQL can't be started: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void start(UpArguments arguments) throws StartException, IOException {
        if (arguments.help()) {
            System.out.println(UpArguments.HELP);
            return;
        }
        arguments.properties().forEach(System::setProperty);
        checkPort(arguments.host(), arguments.port());
        Home home = Home.take(Path.of(setting("BAIGONG_HOME", ".baigong")).toAbsolutePath());
        System.setProperty(
                "quarkus.http.body.uploads-directory",
                home.folder().resolve("uploads").toString());
        System.setProperty(
                "baigong.audit.folder", home.folder().resolve("audit").toString());
        String external = System.getenv("BAIGONG_DB_URL");
        Postgres postgres = external == null ? Postgres.start(home) : null;
        if (postgres == null) {
            System.setProperty("quarkus.datasource.jdbc.url", external);
        } else {
            System.setProperty("quarkus.datasource.jdbc.url", postgres.jdbcUrl());
            System.setProperty("quarkus.datasource.username", postgres.user());
            System.setProperty("quarkus.datasource.password", postgres.password());
        }
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(postgres, home, stopped), "stop-postgres"));
        Quarkus.run(Ready.class, (status, failure) -> {
            stopped.countDown();
            if (failure != null) {
                System.err.println("baigong: the suite can't start: " + root(failure));
            }
            System.exit(failure == null ? status : 1);
        });
    }

    /** The database goes after the application, so that a run in flight can still be written. */
    private static void stop(@Nullable Postgres postgres, Home home, CountDownLatch applicationStopped) {
        try {
            if (!applicationStopped.await(30, TimeUnit.SECONDS)) {
                System.err.println("baigong: the suite did not stop in time; the database is stopped anyway");
            }
            if (postgres != null) {
                postgres.close();
            }
            home.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            System.err.println("baigong: PostgreSQL could not be stopped: " + e.getMessage());
        }
    }

    private static void checkPort(String host, int port) throws StartException {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw new StartException("port " + port + " of " + host + " can't be had (" + e.getMessage()
                    + "). Stop what uses it, or choose another: ./baigong up --port " + (port + 1));
        }
    }

    private static String setting(String name, String otherwise) {
        String value = System.getenv(name);
        return value == null || value.isBlank() ? otherwise : value;
    }

    private static String root(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
