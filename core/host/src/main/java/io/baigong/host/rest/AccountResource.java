package io.baigong.host.rest;

import io.baigong.host.rest.Views.Me;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.FormAuthenticationMechanism;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Who is signed in. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@Tag(name = "Account")
public class AccountResource {
    private final SecurityIdentity identity;
    private final Callers callers;

    AccountResource(SecurityIdentity identity, Callers callers) {
        this.identity = identity;
        this.callers = callers;
    }

    @GET
    @Path("me")
    @Operation(operationId = "me", summary = "Who is signed in")
    @APIResponse(responseCode = "200", description = "Name, tenant and roles")
    @APIResponse(responseCode = "401", ref = "Problem")
    public Me me() {
        var actor = callers.actor();
        return new Me(
                actor.name(),
                actor.tenant(),
                identity.getRoles().stream().sorted().toList());
    }

    @POST
    @Path("sign-out")
    @Operation(operationId = "signOut", summary = "Ends the browser's session")
    public void signOut() {
        FormAuthenticationMechanism.logout(identity);
    }
}
