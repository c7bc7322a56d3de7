package io.baigong.gateway.proxy;

/** A call on its way to servers. Lives on one event loop. */
interface Sending {
    /** Sends it. */
    void begin();

    /**
     * The caller has all that it wants, or has gone.
     *
     * @param abandon whether calls to servers that are still open shall end
     */
    void end(boolean abandon);

    /** How long it has waited for places at servers, in milliseconds. */
    double queuedMillis();
}
