package io.baigong.registry.history;

/** How far a version has come. */
public enum VersionState {
    /** It is registered, and no more. */
    CANDIDATE,
    /** A person allowed it to serve. */
    APPROVED,
    /** It answers in its role. */
    SERVING,
    /** It shall never serve again. */
    RETIRED
}
