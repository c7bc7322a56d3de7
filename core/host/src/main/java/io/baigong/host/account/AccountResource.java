package io.baigong.host.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.baigong.host.access.AccessEvent;
import io.baigong.host.access.AccessEvent.Kind;
import io.baigong.host.access.AccessEvents;
import io.baigong.host.access.Grants;
import io.baigong.host.access.Roles;
import io.baigong.host.catalogue.Catalogue;
import io.baigong.host.rest.Callers;
import io.baigong.host.rest.Problem;
import io.baigong.host.rest.ProblemException;
import io.baigong.journal.Actor;
import io.baigong.journal.Tenancy;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The local accounts of the caller's tenant. */
@Path("/api/v1/accounts")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Account")
public class AccountResource {
    private final Accounts accounts;
    private final Catalogue catalogue;
    private final AccessEvents events;
    private final Callers callers;

    AccountResource(Accounts accounts, Catalogue catalogue, AccessEvents events, Callers callers) {
        this.accounts = accounts;
        this.catalogue = catalogue;
        this.events = events;
        this.callers = callers;
    }

    /** An account, without its password. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record AccountView(
            @Schema(examples = "li.wei") String name,
            @Schema(examples = "default") String tenant,

            @Schema(description = "what its owner types at the sign-in", examples = "li.wei")
            String signInName,

            List<String> roles,
            Instant createdAt,
            @Nullable Instant disabledAt) {
        static AccountView of(Account account) {
            return new AccountView(
                    account.owner().name(),
                    account.owner().tenant(),
                    account.signInName(),
                    account.roles(),
                    account.createdAt(),
                    account.disabledAt().orElse(null));
        }
    }

    /** An account, and its password if that is new: it is shown this once. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record AccountAndPassword(
            AccountView account, @Nullable String password) {}

    /** What a new account shall be. */
    public record NewAccount(
            @Schema(examples = "li.wei", required = true) @Nullable
            String name,

            @Schema(
                    description = "analyst, reviewer and operator on all tasks, or on those of a vertical, or on one",
                    examples = "[\"analyst\", \"reviewer:medical\"]",
                    required = true)
            @Nullable
            List<String> roles,

            @Schema(description = "a new tenant whose first account this is; the caller's own unless given") @Nullable
            String tenant) {}

    /** What shall change; what is not given stays. */
    public record AccountChange(
            @Nullable List<String> roles,
            @Nullable Boolean disabled,

            @Schema(description = "whether to make a new password up") @Nullable
            Boolean newPassword) {}

    @GET
    @RolesAllowed({Roles.ADMINISTRATOR, Roles.AUDITOR})
    @Operation(operationId = "listAccounts", summary = "The accounts of the tenant, by name")
    @APIResponse(responseCode = "200", description = "The accounts")
    @APIResponse(responseCode = "403", ref = "Problem")
    public List<AccountView> all() throws SQLException {
        return accounts.all(callers.actor().tenant()).stream()
                .map(AccountView::of)
                .toList();
    }

    @POST
    @RolesAllowed(Roles.ADMINISTRATOR)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "createAccount",
            summary = "Makes an account with a password that is shown this once",
            description = "Administrators of the default tenant may make the first account of a new tenant.")
    @APIResponse(responseCode = "201", description = "The account and its password")
    @APIResponse(responseCode = "400", ref = "Problem")
    @APIResponse(responseCode = "403", ref = "Problem")
    @APIResponse(responseCode = "409", ref = "Problem")
    public Response create(@Nullable NewAccount wanted) throws SQLException {
        if (wanted == null || wanted.name == null || !Account.isName(wanted.name)) {
            throw ProblemException.invalid(
                    "an account has a name of 1 to 64 letters, digits, dots, hyphens, underscores and at signs",
                    "Send {\"name\": \"li.wei\", \"roles\": [\"analyst\"]}.");
        }
        List<String> roles = known(wanted.roles == null ? List.of() : wanted.roles);
        Actor by = callers.actor();
        String tenant = wanted.tenant == null ? by.tenant() : wanted.tenant;
        var owner = new Actor(newTenant(tenant, by), wanted.name);
        var made = Tenancy.of(tenant)
                .call(() -> accounts.create(owner, roles))
                .orElseThrow(() -> new ProblemException(
                        Problem.of(409, "name-taken", "there is an account " + owner.name(), "Choose another name.")));
        tell(by, made.account(), "made with the roles " + made.account().roles());
        return Response.status(201)
                .entity(new AccountAndPassword(AccountView.of(made.account()), made.password()))
                .build();
    }

    private String newTenant(String tenant, Actor by) throws SQLException {
        if (tenant.equals(by.tenant())) {
            return tenant;
        }
        if (!by.tenant().equals(Actor.DEFAULT_TENANT)) {
            throw new ProblemException(Problem.of(
                    403,
                    "forbidden",
                    "accounts are made in one's own tenant",
                    "Leave the tenant out, or ask an administrator of the default tenant for a new one."));
        }
        if (!Account.isTenant(tenant)) {
            throw ProblemException.invalid(
                    "a tenant is called by 1 to 63 small letters, digits and hyphens", "Send such as \"acme\".");
        }
        if (!Tenancy.of(tenant).call(() -> accounts.all(tenant)).isEmpty()) {
            throw new ProblemException(Problem.of(
                    403, "forbidden", "this tenant has accounts of its own", "Ask its own administrator for another."));
        }
        return tenant;
    }

    @PATCH
    @RolesAllowed(Roles.ADMINISTRATOR)
    @Path("{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "changeAccount",
            summary = "Changes the roles of an account, disables or enables it, or gives it a new password",
            description = "Who uses the account now is signed out.")
    @APIResponse(responseCode = "200", description = "The account as it is now, and its password if that is new")
    @APIResponse(responseCode = "400", ref = "Problem")
    @APIResponse(responseCode = "403", ref = "Problem")
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(responseCode = "409", ref = "Problem")
    public AccountAndPassword change(@PathParam("name") String name, @Nullable AccountChange wanted)
            throws SQLException {
        if (wanted == null) {
            throw ProblemException.invalid("nothing shall change", "Send \"roles\", \"disabled\" or \"newPassword\".");
        }
        Actor by = callers.actor();
        Account before = (Account.isName(name)
                        ? accounts.find(new Actor(by.tenant(), name))
                        : Optional.<Account>empty())
                .orElseThrow(() -> ProblemException.notFound("there is no such account", "See /api/v1/accounts."));
        List<String> roles = wanted.roles == null ? null : known(wanted.roles);
        boolean administers = before.roles().contains(Roles.ADMINISTRATOR)
                && before.disabledAt().isEmpty();
        boolean shall = (roles == null ? before.roles() : roles).contains(Roles.ADMINISTRATOR)
                && !(wanted.disabled == null ? before.disabledAt().isPresent() : wanted.disabled);
        if (administers && !shall && accounts.count(by.tenant(), Roles.ADMINISTRATOR) == 1) {
            throw new ProblemException(Problem.of(
                    409,
                    "last-administrator",
                    "this is the tenant's last administrator",
                    "Make another account an administrator first."));
        }
        var change = new Accounts.Change(roles, wanted.disabled, Boolean.TRUE.equals(wanted.newPassword));
        var changed = accounts.change(before.owner(), change)
                .orElseThrow(() -> ProblemException.notFound("there is no such account", "See /api/v1/accounts."));
        tell(by, changed.account(), said(change));
        return new AccountAndPassword(
                AccountView.of(changed.account()), changed.password().orElse(null));
    }

    private static String said(Accounts.Change change) {
        List<String> parts = new ArrayList<>();
        if (change.roles() != null) {
            parts.add("roles " + change.roles());
        }
        if (change.disabled() != null) {
            parts.add(change.disabled() ? "disabled" : "enabled");
        }
        if (change.newPassword()) {
            parts.add("new password");
        }
        return String.join(", ", parts);
    }

    private void tell(Actor by, Account account, String detail) {
        events.tell(new AccessEvent(Kind.ACCOUNT_CHANGE, by, account.signInName(), detail));
    }

    private List<String> known(List<String> roles) {
        if (roles.stream().anyMatch(role -> role == null || !Grants.isGrant(role))) {
            throw ProblemException.invalid(
                    "an account has roles that are known",
                    "The roles are " + String.join(", ", Roles.ALL)
                            + ". Analyst, reviewer and operator may be limited: analyst:finance, reviewer:medical.icd-coding.");
        }
        for (String role : roles) {
            String scope = Grants.scope(role);
            if (!scope.equals(Grants.EVERY_TASK)
                    && catalogue.tasks().stream()
                            .noneMatch(task -> scope.equals(task.id().toString())
                                    || scope.equals(task.id().vertical()))) {
                throw ProblemException.invalid(
                        "there is no task and no vertical " + scope,
                        "See /api/v1/tasks; a vertical is what a task's name begins with.");
            }
        }
        return new Grants(roles).all();
    }
}
