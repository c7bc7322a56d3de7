package io.baigong.host.rest;

import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeIn;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.info.License;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;

/** The head of the OpenAPI document. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Baigong",
                        version = "1",
                        description = "Runs tasks of the verticals, and keeps the journal of runs and decisions. Every"
                                + " error is a problem (RFC 9457) with a remedy.",
                        license = @License(name = "Apache-2.0", url = "https://www.apache.org/licenses/LICENSE-2.0")),
        security = {
            @SecurityRequirement(name = "basic"),
            @SecurityRequirement(name = "session"),
            @SecurityRequirement(name = "bearer")
        },
        components =
                @Components(
                        securitySchemes = {
                            @SecurityScheme(
                                    securitySchemeName = "basic",
                                    type = SecuritySchemeType.HTTP,
                                    scheme = "basic"),
                            @SecurityScheme(
                                    securitySchemeName = "session",
                                    type = SecuritySchemeType.APIKEY,
                                    in = SecuritySchemeIn.COOKIE,
                                    apiKeyName = "baigong-session",
                                    description = "from POST /api/v1/sign-in, or from /api/v1/sign-in/provider"),
                            @SecurityScheme(
                                    securitySchemeName = "bearer",
                                    type = SecuritySchemeType.HTTP,
                                    scheme = "bearer",
                                    bearerFormat = "JWT",
                                    description = "an access token of the OpenID provider, if there is one")
                        },
                        responses =
                                @APIResponse(
                                        name = "Problem",
                                        responseCode = "4XX",
                                        description = "What was wrong, and what to do about it",
                                        content =
                                                @Content(
                                                        mediaType = Problem.MEDIA_TYPE,
                                                        schema = @Schema(implementation = Problem.class),
                                                        examples = @ExampleObject(name = "encrypted", value = """
                                                                                {"type": "urn:baigong:problem:encrypted",
                                                                                 "title": "Encrypted", "status": 422,
                                                                                 "detail": "this PDF is protected by a password",
                                                                                 "remedy": "Remove the password and send it again.",
                                                                                 "run": "0197c2b0-5f3e-7c11-8a52-3d9e0c1f7a10"}
                                                                                """)))))
public class ApiDescription extends Application {}
