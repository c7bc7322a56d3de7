package io.baigong.host.rpc;

import io.baigong.host.access.Admits;
import io.baigong.host.access.Caller;
import io.baigong.host.rest.Problems;
import io.baigong.host.rest.RunCalls;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.websockets.next.HandshakeRequest;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The door of all WebSockets: lets in whom the endpoint's {@link Admits} says, from a page of the suite's own or from no page.
 *
 * <p>A browser sends the cookie of a session along with whatever page opens the connection, and lets that page read what comes; only
 * {@code Origin} (RFC 6455, section 10.2) tells pages of others.
 */
@ApplicationScoped
public class SocketDoor implements HttpUpgradeCheck {
    /** Who came in. */
    static final TypedKey<Seat> SEAT = new TypedKey<>("baigong.seat");

    private static final String REQUEST = "baigong.handshake";
    private static final int FIRST = 1_000;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private final Door door;
    private final RunCalls runs;

    SocketDoor(Door door, RunCalls runs) {
        this.door = door;
        this.runs = runs;
    }

    /**
     * What is known of a connection.
     *
     * @param http the request that opened it
     * @param subject what it is for, as the audit log says it
     * @param unanswered how many of its runs have no answer yet
     * @param refusals how many refusals are not written yet
     */
    record Seat(
            RoutingContext http,
            List<String> roles,
            String task,
            String subject,
            AtomicInteger unanswered,
            AtomicInteger refusals) {}

    /** Keeps the request where the check of its upgrade finds it. */
    void register(@Observes Filters filters) {
        filters.register(
                http -> {
                    Context context = Vertx.currentContext();
                    if (context != null && http.request().headers().contains(HandshakeRequest.SEC_WEBSOCKET_KEY)) {
                        context.putLocal(REQUEST, http);
                    }
                    http.next();
                },
                FIRST);
    }

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext upgrade) {
        RoutingContext http = Objects.requireNonNull(Vertx.currentContext()).getLocal(REQUEST);
        Admits admits = RunSocket.ID.equals(upgrade.endpointId()) ? RunSocket.class.getAnnotation(Admits.class) : null;
        if (admits == null || http == null) {
            return CheckResult.rejectUpgrade(FORBIDDEN);
        }
        List<String> roles = List.of(admits.value());
        String subject = "WebSocket " + http.normalizedPath();
        return door.enter(http, roles, subject)
                .flatMap(caller -> seated(upgrade, caller, http, roles, subject))
                .onFailure()
                .recoverWithItem(failure ->
                        CheckResult.rejectUpgradeSync(Problems.of(failure).status()));
    }

    private Uni<CheckResult> seated(
            HttpUpgradeContext upgrade, Caller caller, RoutingContext http, List<String> roles, String subject) {
        if (isOfAnotherPage(http.request())) {
            return door.told(caller.actor(), subject, "from a page of another origin")
                    .replaceWith(CheckResult.rejectUpgradeSync(FORBIDDEN));
        }
        String task = upgrade.pathParam("task");
        if (!runs.mayRun(caller, task)) {
            return CheckResult.rejectUpgrade(NOT_FOUND);
        }
        upgrade.userData().put(SEAT, new Seat(http, roles, task, subject, new AtomicInteger(), new AtomicInteger()));
        return CheckResult.permitUpgrade();
    }

    /** Programs send no origin. */
    private static boolean isOfAnotherPage(HttpServerRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin == null) {
            return false;
        }
        String host = String.valueOf(request.authority()).toLowerCase(Locale.ROOT);
        String page = origin.toLowerCase(Locale.ROOT);
        return !page.equals("http://" + host) && !page.equals("https://" + host);
    }
}
