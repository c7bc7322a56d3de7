package io.baigong.host.access;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Who may come in by a method of gRPC or by a WebSocket. Where it is missing, nobody may.
 *
 * <p>REST has {@code @RolesAllowed}, which is looked at when a method is called; these are looked at before anything is read.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Admits {
    /** Roles of which one is needed, on some task at least. */
    String[] value() default {};

    /** Whether callers send a key of the gateway instead, at which the method looks itself. */
    boolean key() default false;

    /** Whether everybody may. */
    boolean anyone() default false;
}
