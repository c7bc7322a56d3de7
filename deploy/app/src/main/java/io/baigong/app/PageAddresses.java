package io.baigong.app;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Addresses inside of the web page answer the page itself, which then shows what they name.
 *
 * <p>Quinoa's own routing of single-page applications never gets these: it comes after the REST layer, which answers each
 * unknown path with a problem of its own.
 */
@Singleton
final class PageAddresses {
    /** Before the REST layer. */
    private static final int ORDER = 0;

    void route(@Observes Router router) {
        for (String address : new String[] {
            "/accounts/*",
            "/alarms",
            "/audit/*",
            "/batches/*",
            "/compare",
            "/gateway/*",
            "/models/*",
            "/runs/*",
            "/tasks/*",
            "/training/*"
        }) {
            router.get(address).order(ORDER).handler(PageAddresses::answerPage);
        }
    }

    private static void answerPage(RoutingContext request) {
        request.reroute("/");
    }
}
