package io.baigong.app.account;

import io.quarkus.elytron.security.common.BcryptUtil;
import io.quarkus.security.jpa.Password;
import io.quarkus.security.jpa.Roles;
import io.quarkus.security.jpa.UserDefinition;
import io.quarkus.security.jpa.Username;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A local account: a row of {@code account}. */
@Entity
@UserDefinition
@Table(name = "account")
public class Account {
    /** Who may review contracts and decide on findings. */
    public static final String ANALYST = "analyst";

    @Id
    @Username
    String name;

    @Password
    @Column(name = "password_hash")
    String passwordHash;

    @Roles
    String roles;

    /** For Hibernate, which then fills the fields. */
    @SuppressWarnings("NullAway.Init")
    protected Account() {}

    Account(String name, String password, String roles) {
        this.name = name;
        this.passwordHash = BcryptUtil.bcryptHash(password);
        this.roles = roles;
    }
}
