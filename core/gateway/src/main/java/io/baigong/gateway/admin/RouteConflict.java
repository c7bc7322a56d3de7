package io.baigong.gateway.admin;

/** A change that what there is already does not allow. */
public final class RouteConflict extends RuntimeException {
    private final String remedy;

    RouteConflict(String detail, String remedy) {
        super(detail);
        this.remedy = remedy;
    }

    /** What to do about it. */
    public String remedy() {
        return remedy;
    }
}
