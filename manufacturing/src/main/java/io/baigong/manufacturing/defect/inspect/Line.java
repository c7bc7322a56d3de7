package io.baigong.manufacturing.defect.inspect;

/** What comes along a production line, which decides how it is looked at. */
public enum Line {
    /** Hot-rolled steel strip: each picture has the class of its defect. */
    STEEL_STRIP,
    /** Bare circuit boards, compared with a template. */
    CIRCUIT_BOARD,
    /** Magnetic tiles: each cell of the surface is marked. */
    MAGNETIC_TILE,
    /** Parts of any kind of which sound ones alone are known; compared with a template when one is given. */
    SOUND_PARTS
}
