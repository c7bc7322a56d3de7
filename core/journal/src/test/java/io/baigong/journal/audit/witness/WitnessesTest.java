package io.baigong.journal.audit.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WitnessesTest {
    private static final Duration HOURS = Duration.ofHours(9);

    private static String next(BlockingQueue<String> kept) throws InterruptedException {
        String head = kept.poll(30, TimeUnit.SECONDS);
        return head == null ? "nothing" : head;
    }

    @Test
    void oneThatHangsHoldsUpNobody() throws Exception {
        var forever = new CountDownLatch(1);
        var kept = new LinkedBlockingQueue<String>();
        Witness hanging = _ -> {
            try {
                forever.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        };
        try (var witnesses = new Witnesses(List.of(hanging, kept::add), Duration.ZERO)) {
            witnesses.accept("1");
            assertThat(next(kept)).isEqualTo("1");
            witnesses.accept("2");
            assertThat(next(kept)).isEqualTo("2");
            forever.countDown();
        }
    }

    @Test
    void ofHeadsThatComeFastTheLastIsKept() throws Exception {
        var kept = new LinkedBlockingQueue<String>();
        try (var witnesses = new Witnesses(List.of(kept::add), HOURS)) {
            witnesses.accept("1");
            assertThat(next(kept)).isEqualTo("1");
            witnesses.accept("2");
            witnesses.accept("3");
            witnesses.accept("3");
        }
        assertThat(kept).as("when it is closed").containsExactly("3");
    }

    @Test
    void whatCouldNotBeKeptIsTriedAgain() throws Exception {
        var tried = new LinkedBlockingQueue<String>();
        Witness second = head -> {
            tried.add(head);
            if (tried.size() == 1) {
                throw new IOException("not yet");
            }
        };
        try (var witnesses = new Witnesses(List.of(second), Duration.ofMillis(1))) {
            witnesses.accept("1");
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (tried.size() < 2 && System.nanoTime() < end) {
                Thread.sleep(1);
            }
        }
        assertThat(tried).containsExactly("1", "1");
    }

    @Test
    void aFileHoldsNotesPartedByEmptyLines(@TempDir Path folder) throws Exception {
        var file = new FileWitness(folder.resolve("heads.txt"));
        file.keep("a\n\nsigned\n");
        file.keep("b\n\nsigned\n");

        assertThat(Files.readString(file.file())).isEqualTo("a\n\nsigned\n\nb\n\nsigned\n\n");
    }

    @Test
    void aSyslogServerIsTold() throws Exception {
        try (var server = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(30_000);
            SyslogWitness.at("127.0.0.1:" + server.getLocalPort()).keep("log\n7\nroot\n\nsigned\n");
            var packet = new DatagramPacket(new byte[1000], 1000);
            server.receive(packet);

            assertThat(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8))
                    .matches("<109>1 \\S+ - baigong - audit-head - log \\| 7 \\| root \\|  \\| signed");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "host", "host:", ":514", "host:port", "host:70000"})
    void aSyslogServerHasANameAndAPort(String address) {
        assertThatThrownBy(() -> SyslogWitness.at(address))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("HOST:PORT");
    }
}
