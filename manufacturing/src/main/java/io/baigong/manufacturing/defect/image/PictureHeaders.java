package io.baigong.manufacturing.defect.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What ImageIO does not tell of a file's header. Reads within bounds whatever the bytes are. */
final class PictureHeaders {
    private static final int ORIENTATION = 0x0112;

    private PictureHeaders() {}

    /** Whether it is an animated PNG: a chunk {@code acTL} before the first {@code IDAT}. */
    static boolean animated(byte[] file) {
        if (file.length < 16 || (file[0] & 255) != 0x89 || file[1] != 'P') {
            return false;
        }
        long at = 8;
        while (at + 8 <= file.length) {
            long length = Integer.toUnsignedLong(ByteBuffer.wrap(file).getInt((int) at));
            String type = new String(file, (int) at + 4, 4, java.nio.charset.StandardCharsets.ISO_8859_1);
            if (type.equals("acTL")) {
                return true;
            }
            if (type.equals("IDAT")) {
                return false;
            }
            at += 12 + length;
        }
        return false;
    }

    /** Components of a JPEG's frame: 1 grey, 3 colour, 4 printing colours; 0 when it is no JPEG. */
    static int jpegComponents(byte[] file) {
        int frame = segment(
                file, marker -> marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC);
        return frame < 0 || frame + 7 >= file.length ? 0 : file[frame + 7] & 255;
    }

    /** How to lay the picture down, as {@link Picture#turned} takes it, by the EXIF data of a JPEG. */
    static int turn(byte[] file) {
        int orientation = orientation(file);
        return switch (orientation) {
            case 2 -> 1;
            case 3 -> 3;
            case 4 -> 2;
            case 5 -> 4;
            case 6 -> 2 | 4;
            case 7 -> 1 | 2 | 4;
            case 8 -> 1 | 4;
            default -> 0;
        };
    }

    /** Value of tag 0x0112 of EXIF 2.32, 1 to 8; 1 where there is none. */
    private static int orientation(byte[] file) {
        int at = segment(file, marker -> marker == 0xE1);
        if (at < 0 || at + 16 > file.length || file[at + 2] != 'E' || file[at + 3] != 'x' || file[at + 4] != 'i') {
            return 1;
        }
        int tiff = at + 8;
        ByteBuffer data =
                ByteBuffer.wrap(file).order(file[tiff] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        long directory = tiff + Integer.toUnsignedLong(data.getInt(tiff + 4));
        if (directory + 2 > file.length) {
            return 1;
        }
        int entries = Short.toUnsignedInt(data.getShort((int) directory));
        for (int i = 0; i < entries && directory + 2 + 12L * (i + 1) <= file.length; i++) {
            int entry = (int) directory + 2 + 12 * i;
            if (Short.toUnsignedInt(data.getShort(entry)) == ORIENTATION) {
                return Short.toUnsignedInt(data.getShort(entry + 8));
            }
        }
        return 1;
    }

    /** Where the length of the first segment with such a marker stands in a JPEG; -1 where there is none. */
    private static int segment(byte[] file, java.util.function.IntPredicate wanted) {
        if (file.length < 4 || (file[0] & 255) != 0xFF || (file[1] & 255) != 0xD8) {
            return -1;
        }
        int at = 2;
        while (at + 4 <= file.length && (file[at] & 255) == 0xFF) {
            int marker = file[at + 1] & 255;
            if (marker == 0xFF) {
                at++;
                continue;
            }
            if (wanted.test(marker)) {
                return at + 2;
            }
            if (marker == 0xDA || marker == 0xD9) {
                return -1;
            }
            at += 2 + (((file[at + 2] & 255) << 8) | (file[at + 3] & 255));
        }
        return -1;
    }
}
