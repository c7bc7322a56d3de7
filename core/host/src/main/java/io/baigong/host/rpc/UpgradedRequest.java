package io.baigong.host.rpc;

import io.quarkus.vertx.http.runtime.filters.QuarkusRequestWrapper;
import io.vertx.core.http.HttpServerRequest;

/** A request that became a WebSocket. */
public final class UpgradedRequest {
    private UpgradedRequest() {}

    /**
     * Tells that the connection which a request became has ended. Quarkus 3.33.2 counts it among those that a stop waits for, and
     * never hears of its end: Vert.x tells nobody of the end of a request that was upgraded. There is no other way than by reflection.
     */
    public static void ended(HttpServerRequest request) {
        try {
            var done = QuarkusRequestWrapper.class.getDeclaredMethod("done");
            done.setAccessible(true);
            done.invoke(QuarkusRequestWrapper.get(request));
        } catch (ReflectiveOperationException | RuntimeException e) {
            System.getLogger(UpgradedRequest.class.getName())
                    .log(System.Logger.Level.WARNING, "a stop will wait for a connection that is closed", e);
        }
    }
}
