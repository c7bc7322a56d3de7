package io.baigong.manufacturing.defect.drawn;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A bare board as its template, and the same board with planted defects. */
public record DrawnBoard(BufferedImage template, BufferedImage test, List<Planted> defects) {
    private static final int SIDE = 640;
    private static final int PITCH = 48;
    private static final int TRACK = 14;

    /** A planted defect and the pixels that it changed. */
    public record Planted(String kind, Rectangle place) {}

    /** Horizontal tracks, black as in DeepPCB; one of each kind of defect, and a shift of the whole board by two pixels. */
    public static DrawnBoard seeded(long seed) {
        var random = new Random(seed);
        BufferedImage template = blank();
        Graphics2D draw = pen(template);
        for (int y = PITCH; y < SIDE - PITCH; y += PITCH) {
            draw.fillRect(30, y, SIDE - 60, TRACK);
            int pad = 60 + random.nextInt(SIDE - 120);
            draw.fillOval(pad, y - 8, 30, 30);
        }
        draw.dispose();
        BufferedImage test = blank();
        draw = pen(test);
        draw.drawImage(template, 2, 1, null);
        var defects = new ArrayList<Planted>();
        plant(draw, defects, "open", new Rectangle(200, PITCH + 1 - 2, 10, TRACK + 4), Color.WHITE);
        plant(draw, defects, "short", new Rectangle(400, 2 * PITCH + TRACK, 9, PITCH - TRACK + 2), Color.BLACK);
        plant(draw, defects, "spur", new Rectangle(300, 4 * PITCH + TRACK, 8, 12), Color.BLACK);
        plant(draw, defects, "spurious-copper", new Rectangle(150, 6 * PITCH + TRACK + 12, 12, 10), Color.BLACK);
        plant(draw, defects, "pin-hole", new Rectangle(500, 8 * PITCH + 5, 6, 6), Color.WHITE);
        plant(draw, defects, "mousebite", new Rectangle(450, 10 * PITCH + 1, 9, 7), Color.WHITE);
        draw.dispose();
        return new DrawnBoard(template, test, defects);
    }

    private static void plant(Graphics2D draw, List<Planted> into, String kind, Rectangle place, Color colour) {
        draw.setColor(colour);
        draw.fill(place);
        into.add(new Planted(kind, place));
    }

    private static BufferedImage blank() {
        var image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D draw = image.createGraphics();
        draw.setColor(Color.WHITE);
        draw.fillRect(0, 0, SIDE, SIDE);
        draw.dispose();
        return image;
    }

    private static Graphics2D pen(BufferedImage image) {
        Graphics2D draw = image.createGraphics();
        draw.setColor(Color.BLACK);
        draw.setStroke(new BasicStroke(TRACK));
        return draw;
    }
}
