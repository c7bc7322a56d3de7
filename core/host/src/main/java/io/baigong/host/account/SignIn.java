package io.baigong.host.account;

import io.baigong.host.access.AccessEvent;
import io.baigong.host.access.AccessEvent.Kind;
import io.baigong.host.access.AccessEvents;
import io.baigong.journal.Actor;
import io.baigong.journal.Storable;
import io.baigong.journal.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Signs in by name and password. Thread-safe. */
@ApplicationScoped
public class SignIn {
    private static final int LONGEST_NAME = 200;

    private final Accounts accounts;
    private final SignInThrottle throttle;
    private final AccessEvents events;
    private final boolean enabled;

    SignIn(
            Accounts accounts,
            SignInThrottle throttle,
            AccessEvents events,
            @ConfigProperty(name = "baigong.accounts.enabled", defaultValue = "true") boolean enabled) {
        this.accounts = accounts;
        this.throttle = throttle;
        this.events = events;
        this.enabled = enabled;
    }

    /** What came of an attempt. */
    sealed interface Answer {}

    /** Signed in. */
    record In(Account account) implements Answer {}

    /** No account that can be used has this name and this password. */
    record Refused() implements Answer {}

    /** Nothing was compared: there were too many failures before. */
    record Wait(Duration left) implements Answer {}

    /** Whether people may sign in with local accounts. */
    public boolean isEnabled() {
        return enabled;
    }

    /**
     * Tries a name and a password.
     *
     * @param how in words, for the trail
     * @param address that the attempt comes from
     */
    Answer attempt(String name, String password, String how, String address) throws SQLException {
        Answer answer = Tenancy.platform().call(() -> tried(name, password, how, address));
        if (!(answer instanceof In)) {
            events.tell(new AccessEvent(
                    Kind.SIGN_IN_FAILED,
                    Account.owner(name).orElseGet(() -> Actor.of(shown(name))),
                    shown(name),
                    how + " from " + address
                            + (answer instanceof Wait ? ", refused unread after too many failures" : "")));
        }
        return answer;
    }

    private Answer tried(String name, String password, String how, String address) throws SQLException {
        Instant now = Instant.now();
        Duration left = throttle.left(name, address, now);
        if (left.isPositive()) {
            return new Wait(left);
        }
        Optional<Actor> owner = enabled ? Account.owner(name) : Optional.empty();
        if (owner.isPresent() && accounts.isRemembered(owner.get(), password)) {
            Optional<Account> account = accounts.find(owner.get());
            if (account.isPresent()) {
                return new In(account.get());
            }
        }
        if (!throttle.begin(name, address, now)) {
            return new Wait(Duration.ofSeconds(1));
        }
        // Nobody's account is asked all the same, so that it takes as long.
        Actor asked = owner.orElseGet(() -> Actor.of("?"));
        if (!accounts.isPassword(asked, password)) {
            return new Refused();
        }
        throttle.succeeded(name, address);
        Optional<Account> account = accounts.find(asked);
        account.ifPresent(in ->
                events.tell(new AccessEvent(Kind.SIGN_IN, in.owner(), in.signInName(), how + " from " + address)));
        return account.<Answer>map(In::new).orElseGet(Refused::new);
    }

    private static String shown(String name) {
        String shown = Storable.text(name.substring(0, Math.min(LONGEST_NAME, name.length())));
        return shown.isBlank() ? "nobody" : shown;
    }
}
