package io.baigong.host.model;

import java.util.Set;

/** Rows that name files in the store of models. */
public interface NamedFiles {
    /** SHA-256 of all files that they name, of all tenants. */
    Set<String> named();
}
