package io.baigong.app;

import io.baigong.host.account.Accounts;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.sql.SQLException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Says that the suite is ready, and how to sign in. */
public final class Ready implements QuarkusApplication {
    private final Accounts accounts;
    private final String host;
    private final int port;

    Ready(
            Accounts accounts,
            @ConfigProperty(name = "quarkus.http.host") String host,
            @ConfigProperty(name = "quarkus.http.port") int port) {
        this.accounts = accounts;
        this.host = host;
        this.port = port;
    }

    @Override
    public int run(String... args) throws SQLException {
        OrderlyStop.install();
        var made = accounts.ensureFirst();
        System.out.println("Baigong is ready at http://" + host + ":" + port);
        String known = accounts.passwordIsGiven()
                ? "Sign in as analyst with the password of BAIGONG_ACCOUNTS_PASSWORD"
                : "Sign in as analyst with the password that the first start showed"
                        + " (lost? BAIGONG_ACCOUNTS_PASSWORD=NEW ./baigong up sets a new one)";
        System.out.println(made.map(signIn -> "Sign in as " + signIn.account().signInName() + " with the password "
                        + signIn.password() + " (shown this once; keep it)")
                .orElse(known));
        Quarkus.waitForExit();
        return 0;
    }
}
