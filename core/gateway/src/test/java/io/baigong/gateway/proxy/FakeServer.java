package io.baigong.gateway.proxy;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A server that answers each call as it is told, well or badly, over a real socket; one call a connection. */
final class FakeServer implements AutoCloseable {
    /** What is sent back; when it returns, the connection closes. */
    @FunctionalInterface
    interface Answer {
        void to(OutputStream out) throws Exception;
    }

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final CountDownLatch callerGone = new CountDownLatch(1);

    FakeServer(Answer answer) throws IOException {
        Thread.ofVirtual().start(() -> {
            while (!socket.isClosed()) {
                try {
                    Socket connection = socket.accept();
                    Thread.ofVirtual().start(() -> serve(connection, answer));
                } catch (IOException e) {
                    return;
                }
            }
        });
    }

    private void serve(Socket connection, Answer answer) {
        try (connection) {
            calls.add(request(new BufferedInputStream(connection.getInputStream())));
            answer.to(connection.getOutputStream());
        } catch (IOException e) {
            callerGone.countDown();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String request(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the request breaks off");
            }
            head.write(next);
        }
        String text = head.toString(StandardCharsets.ISO_8859_1);
        int length = text.toLowerCase(Locale.ROOT)
                .lines()
                .filter(line -> line.startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
        return text + new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    String url() {
        return "http://127.0.0.1:" + socket.getLocalPort() + "/v1";
    }

    /** The requests that came, head and body. */
    List<String> calls() {
        return calls;
    }

    /** Opens when an answer could not be sent, for the caller has gone. */
    CountDownLatch callerGone() {
        return callerGone;
    }

    static Answer json(int status, String body) {
        return out ->
                out.write(("HTTP/1.1 " + status + " Some Reason\r\nContent-Type: application/json\r\nContent-Length: "
                                + body.getBytes(StandardCharsets.UTF_8).length + "\r\nConnection: close\r\n\r\n" + body)
                        .getBytes(StandardCharsets.UTF_8));
    }

    /** Starts a stream of events, without an end. */
    static void events(OutputStream out, String... data) throws IOException {
        out.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
                .getBytes(StandardCharsets.UTF_8));
        for (String each : data) {
            event(out, each);
        }
    }

    static void event(OutputStream out, String data) throws IOException {
        out.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
