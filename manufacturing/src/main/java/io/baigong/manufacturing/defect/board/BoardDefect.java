package io.baigong.manufacturing.defect.board;

import io.baigong.spi.LocalText;

/** The kinds of defect of a bare board of DeepPCB (Tang et al. 2019, arXiv 1902.06197, figure 2). */
public enum BoardDefect {
    OPEN(1, "open", "断路"),
    SHORT(2, "short", "短路"),
    MOUSEBITE(3, "mousebite", "鼠咬"),
    SPUR(4, "spur", "毛刺"),
    SPURIOUS_COPPER(5, "spurious copper", "残铜"),
    PIN_HOLE(6, "pin-hole", "针孔");

    private final int number;
    private final String en;
    private final String zh;

    BoardDefect(int number, String en, String zh) {
        this.number = number;
        this.en = en;
        this.zh = zh;
    }

    /** As DeepPCB counts, from 1 on. */
    public int number() {
        return number;
    }

    public LocalText title() {
        return new LocalText(en, zh);
    }
}
