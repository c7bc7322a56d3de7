package io.baigong.host.account;

import io.baigong.journal.Storable;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.sql.DataSource;

/**
 * Makes who guesses wait: after so many failures each further one doubles the wait. Counted in the database, so for all instances
 * and over restarts. Thread-safe; asked for the platform.
 *
 * <p>Failures are counted by account and address together, which takes a few; by account, so that many addresses do not help; and
 * by address, so that many accounts do not. A success forgives the first two.
 */
@ApplicationScoped
class SignInThrottle {
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final Duration FORGOTTEN = Duration.ofHours(24);
    private static final String FIND = "select failures, last_at from sign_in_failure where subject = ?";

    /** Changes no row whose wait is not over; seconds of the wait as in {@link #pause}. */
    private static final String ADD = """
            insert into sign_in_failure as f (subject, failures, last_at) values (?, 1, ?)
            on conflict (subject) do update set failures = f.failures + 1, last_at = excluded.last_at
            where f.failures <= ? or excluded.last_at >= f.last_at
                + make_interval(secs => least(?, power(2, least(f.failures - ? - 1, 20))))""";

    private final DataSource database;

    SignInThrottle(DataSource database) {
        this.database = database;
    }

    private record Subject(String name, int free) {}

    private static List<Subject> subjects(String account, String address) {
        String network = network(address);
        String name = Storable.text(account.substring(0, Math.min(200, account.length())));
        return List.of(
                new Subject("both:" + name + " " + network, 5), new Subject("account:" + name, 50), subject(address));
    }

    private static Subject subject(String address) {
        return new Subject("address:" + network(address), 100);
    }

    /** IPv6 hands each house 2<sup>64</sup> addresses: its network counts (RFC 6177). */
    static String network(String address) {
        try {
            if (address.indexOf(':') >= 0 && InetAddress.ofLiteral(address) instanceof Inet6Address six) {
                return HexFormat.of().formatHex(Arrays.copyOf(six.getAddress(), 8));
            }
        } catch (IllegalArgumentException e) {
            // no address: counted as it is
        }
        return address;
    }

    /** The wait after so many failures beyond those that are free: 1 s, 2 s, 4 s … */
    static Duration pause(int beyond) {
        if (beyond <= 0) {
            return Duration.ZERO;
        }
        Duration pause = Duration.ofSeconds(1L << Math.min(beyond - 1, 20));
        return pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
    }

    /** How long who signs in must still wait; zero for not at all. */
    Duration left(String account, String address, Instant now) throws SQLException {
        Duration longest = Duration.ZERO;
        try (Connection connection = database.getConnection();
                var find = connection.prepareStatement(FIND)) {
            for (Subject subject : subjects(account, address)) {
                find.setString(1, subject.name);
                try (var row = find.executeQuery()) {
                    if (row.next()) {
                        Instant last = row.getObject(2, OffsetDateTime.class).toInstant();
                        Duration left = Duration.between(now, last.plus(pause(row.getInt(1) - subject.free)));
                        longest = left.compareTo(longest) > 0 ? left : longest;
                    }
                }
            }
        }
        return longest;
    }

    /**
     * Counts an attempt as a failure before it is made, so that attempts at one time are counted too; a success takes it back.
     *
     * @return whether it may be made; if not, nothing was counted
     */
    boolean begin(String account, String address, Instant now) throws SQLException {
        return begin(subjects(account, address), now);
    }

    private boolean begin(List<Subject> subjects, Instant now) throws SQLException {
        try (Connection connection = database.getConnection()) {
            try (var forget = connection.prepareStatement("delete from sign_in_failure where last_at < ?")) {
                forget.setObject(1, now.minus(FORGOTTEN).atOffset(ZoneOffset.UTC));
                forget.executeUpdate();
            }
            connection.setAutoCommit(false);
            try (var add = connection.prepareStatement(ADD)) {
                for (Subject subject : subjects) {
                    add.setString(1, subject.name);
                    add.setObject(2, now.atOffset(ZoneOffset.UTC));
                    add.setInt(3, subject.free);
                    add.setDouble(4, (double) LONGEST.toSeconds());
                    add.setInt(5, subject.free);
                    if (add.executeUpdate() == 0) {
                        connection.rollback();
                        return false;
                    }
                }
            }
            connection.commit();
            return true;
        }
    }

    /** As {@link #begin(String, String, Instant)}, for what names no account: the address alone counts. */
    boolean begin(String address, Instant now) throws SQLException {
        return begin(List.of(subject(address)), now);
    }

    /** The attempt was none of who guesses. */
    void succeeded(String account, String address) throws SQLException {
        List<Subject> subjects = subjects(account, address);
        try (Connection connection = database.getConnection()) {
            try (var forgive = connection.prepareStatement("delete from sign_in_failure where subject in (?, ?)")) {
                forgive.setString(1, subjects.get(0).name);
                forgive.setString(2, subjects.get(1).name);
                forgive.executeUpdate();
            }
            try (var takeBack = connection.prepareStatement(
                    "update sign_in_failure set failures = failures - 1 where subject = ? and failures > 1")) {
                takeBack.setString(1, subjects.get(2).name);
                takeBack.executeUpdate();
            }
        }
    }
}
