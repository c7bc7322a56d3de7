package io.baigong.app;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A program that is told of what happens to models, and writes it down: a line for each. */
record WebhookReceiver(HttpServer server, Path file) implements AutoCloseable {
    static final String SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZg==";

    static WebhookReceiver start(Path file) throws IOException {
        Files.createFile(file);
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Files.writeString(file, body + "\n", StandardOpenOption.APPEND);
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        return new WebhookReceiver(server, file.toAbsolutePath());
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/told";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
