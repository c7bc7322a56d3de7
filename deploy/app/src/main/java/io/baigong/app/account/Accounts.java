package io.baigong.app.account;

import io.quarkus.elytron.security.common.BcryptUtil;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The local accounts. */
@ApplicationScoped
public class Accounts {
    /** Letters and digits that can't be taken for one another. */
    private static final String SIGNS = "abcdefghijkmnpqrstuvwxyz23456789";

    private static final int LENGTH = 16;

    private final EntityManager entities;
    private final Optional<String> given;

    public Accounts(
            EntityManager entities, @ConfigProperty(name = "baigong.accounts.password") Optional<String> given) {
        this.entities = entities;
        this.given = given;
    }

    /** A sign-in that its owner has not seen yet. */
    public record NewSignIn(String name, String password) {}

    /** Whether the operator sets the password. */
    public boolean passwordIsGiven() {
        return given.isPresent();
    }

    /**
     * Makes the account {@code analyst} if there is none, or gives it the password of {@code baigong.accounts.password}
     * if that is set.
     *
     * @return the sign-in, if its password was made up now and so has to be shown
     */
    @Transactional
    public Optional<NewSignIn> ensureAnalyst() {
        Account analyst = entities.find(Account.class, Account.ANALYST);
        if (analyst != null) {
            given.ifPresent(password -> analyst.passwordHash = BcryptUtil.bcryptHash(password));
            return Optional.empty();
        }
        String password = given.orElseGet(Accounts::madeUp);
        entities.persist(new Account(Account.ANALYST, password, Account.ANALYST));
        return given.isPresent() ? Optional.empty() : Optional.of(new NewSignIn(Account.ANALYST, password));
    }

    /** 80 random bits. */
    private static String madeUp() {
        var random = new SecureRandom();
        var password = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            password.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
        }
        return password.toString();
    }
}
