package io.baigong.host.access;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;

/** Tells observers of {@link AccessEvent}. */
@ApplicationScoped
public class AccessEvents {
    private final Event<AccessEvent> events;

    AccessEvents(Event<AccessEvent> events) {
        this.events = events;
    }

    /** Tells it; observers are through when this returns. Not on an event loop: they may wait. */
    public void tell(AccessEvent event) {
        events.fire(event);
    }

    /** Tells it from wherever this is subscribed to, on a thread of its own; observers are through when it completes. */
    public Uni<Void> telling(AccessEvent event) {
        return Uni.createFrom().voidItem().emitOn(Thread::startVirtualThread).invoke(() -> events.fire(event));
    }
}
