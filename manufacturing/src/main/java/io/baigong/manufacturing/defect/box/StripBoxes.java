package io.baigong.manufacturing.defect.box;

/** Where the task finds the net of boxes. */
public final class StripBoxes {
    /** The role of the net; none is shipped, for NEU-DET's terms don't allow its weights to be passed on. */
    public static final String ROLE = BoxNet.ROLE;

    private StripBoxes() {}
}
