package io.baigong.finance.document;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;

/**
 * Finds pictures in JBIG2 that say inside how large they are, larger than the PDF says and than memory allows.
 *
 * <p>Source: ITU-T T.88 (02/2000), sections 7.2 (segment header), 7.4.1 (regions) and 7.4.8 (page).
 */
final class Jbig2Guard {
    private static final int PAGE = 48;
    private static final int FIRST_REGION = 4;
    private static final int LAST_REGION = 43;
    private static final int SYMBOLS_REFERRED_TO_IN_LONG = 7;

    /** Height of a page that is told only at the end of its stripes; each stripe is a region of its own. */
    private static final long UNKNOWN = 0xffff_ffffL;

    private Jbig2Guard() {}

    /** Whether the picture is in JBIG2 and has too many pixels. */
    static boolean isHuge(PDImageXObject picture) throws IOException {
        if (!"jb2".equals(picture.getSuffix())) {
            return false;
        }
        try (InputStream in = picture.getStream().createInputStream(List.of(COSName.JBIG2_DECODE.getName()))) {
            if (isHuge(in.readAllBytes())) {
                return true;
            }
        }
        COSBase parameters = picture.getCOSObject().getDictionaryObject(COSName.DECODE_PARMS, COSName.DP);
        COSBase last = parameters instanceof COSArray several && several.size() > 0
                ? several.getObject(several.size() - 1)
                : parameters;
        if (last instanceof COSDictionary dictionary) {
            COSStream globals = dictionary.getCOSStream(COSName.JBIG2_GLOBALS);
            if (globals != null) {
                try (InputStream in = globals.createInputStream()) {
                    return isHuge(in.readAllBytes());
                }
            }
        }
        return false;
    }

    /** Whether any page or region of these segments has too many pixels, or all regions together. */
    static boolean isHuge(byte[] segments) {
        var in = ByteBuffer.wrap(segments);
        long regions = 0;
        while (in.remaining() >= 11) {
            long number = in.getInt() & 0xffff_ffffL;
            int flags = in.get();
            long referred = (in.get(in.position()) & 0xff) >> 5;
            if (referred == SYMBOLS_REFERRED_TO_IN_LONG) {
                referred = in.getInt() & 0x1fff_ffff;
                skip(in, (referred + 8) / 8);
            } else {
                in.get();
            }
            int width = number <= 256 ? 1 : number <= 65_536 ? 2 : 4;
            skip(in, referred * width + ((flags & 0x40) == 0 ? 1 : 4));
            if (in.remaining() < 4) {
                return false;
            }
            long length = in.getInt() & 0xffff_ffffL;
            int type = flags & 0x3f;
            boolean region = type >= FIRST_REGION && type <= LAST_REGION;
            if ((type == PAGE || region) && in.remaining() >= 8) {
                long columns = in.getInt(in.position()) & 0xffff_ffffL;
                long rows = in.getInt(in.position() + 4) & 0xffff_ffffL;
                boolean told = type != PAGE || rows != UNKNOWN;
                double pixels = (double) columns * (told ? rows : 1);
                regions += region ? (long) Math.min(pixels, PageScanner.MOST_PICTURE_PIXELS + 1.0) : 0;
                if (pixels > PageScanner.MOST_PICTURE_PIXELS || regions > PageScanner.MOST_PICTURE_PIXELS) {
                    return true;
                }
            }
            skip(in, length);
        }
        return false;
    }

    private static void skip(ByteBuffer in, long bytes) {
        in.position((int) Math.min(in.limit(), in.position() + bytes));
    }
}
