package io.baigong.manufacturing.defect.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.baigong.manufacturing.defect.drawn.DrawnStrip;
import io.baigong.manufacturing.defect.drawn.Pictures;
import io.baigong.spi.ErrorCode.User;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Good pictures read alike in each format; bad ones are refused with a remedy, in bounded memory. */
class PictureReaderTest {
    private static final BufferedImage STRIP = DrawnStrip.scratched(64, 1);

    private static UnreadablePicture refused(byte[] file) {
        UnreadablePicture refusal = assertThrows(UnreadablePicture.class, () -> PictureReader.read(file));
        assertThat(refusal.getMessage()).isNotBlank();
        assertThat(refusal.remedy()).isNotBlank();
        return refusal;
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp", "tiff"})
    void readsGreyAsItStands(String format) throws IOException {
        Picture picture = PictureReader.read(Pictures.file(STRIP, format));
        assertThat(picture.channels()).isEqualTo(1);
        for (int y = 0; y < 64; y++) {
            for (int x = 0; x < 64; x++) {
                assertThat(picture.values()[y * 64 + x])
                        .isCloseTo(STRIP.getRaster().getSample(x, y, 0) / 255f, within(1e-6f));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "tiff"})
    void readsSixteenBits(String format) throws IOException {
        var image = new BufferedImage(32, 20, BufferedImage.TYPE_USHORT_GRAY);
        for (int x = 0; x < 32; x++) {
            for (int y = 0; y < 20; y++) {
                image.getRaster().setSample(x, y, 0, 2000 * x + y);
            }
        }
        Picture picture = PictureReader.read(Pictures.file(image, format));
        assertThat(picture.values()[5 * 32 + 7]).isCloseTo((2000 * 7 + 5) / 65535f, within(1e-6f));
    }

    @Test
    void readsColourAndJpeg() throws IOException {
        var image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
        var draw = image.createGraphics();
        draw.setColor(new Color(200, 100, 50));
        draw.fillRect(0, 0, 32, 32);
        draw.dispose();
        for (String format : new String[] {"png", "bmp", "tiff", "jpeg"}) {
            Picture picture = PictureReader.read(Pictures.file(image, format));
            assertThat(picture.channels()).isEqualTo(3);
            assertThat(picture.values()[0]).as(format).isCloseTo(200 / 255f, within(0.02f));
            assertThat(picture.values()[1024]).as(format).isCloseTo(100 / 255f, within(0.02f));
            assertThat(picture.values()[2048]).as(format).isCloseTo(50 / 255f, within(0.02f));
            assertThat(picture.grey().values()[0])
                    .isCloseTo((0.299f * 200 + 0.587f * 100 + 0.114f * 50) / 255, within(0.02f));
        }
    }

    /** EXIF 6: the camera lay on its right side, so what is left in the file is above for the eye. */
    @Test
    void turnsAsExifSays() throws IOException {
        var image = new BufferedImage(48, 32, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < 32; y++) {
            for (int x = 0; x < 48; x++) {
                image.getRaster().setSample(x, y, 0, x < 24 ? 250 : 5);
            }
        }
        byte[] plain = Pictures.file(image, "jpeg");
        byte[] exif = {
            (byte) 0xFF,
            (byte) 0xE1,
            0,
            34,
            'E',
            'x',
            'i',
            'f',
            0,
            0,
            'M',
            'M',
            0,
            42,
            0,
            0,
            0,
            8,
            0,
            1,
            1,
            0x12,
            0,
            3,
            0,
            0,
            0,
            1,
            0,
            6,
            0,
            0,
            0,
            0,
            0,
            0
        };
        var file = new ByteArrayOutputStream();
        file.write(plain, 0, 2);
        file.writeBytes(exif);
        file.write(plain, 2, plain.length - 2);
        Picture picture = PictureReader.read(file.toByteArray());
        assertThat(picture.width()).isEqualTo(32);
        assertThat(picture.height()).isEqualTo(48);
        assertThat(picture.values()[5 * 32 + 16]).isGreaterThan(0.9f);
        assertThat(picture.values()[40 * 32 + 16]).isLessThan(0.1f);
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp", "tiff", "jpeg"})
    void refusesWhatIsCutOff(String format) {
        byte[] whole = Pictures.file(STRIP, format);
        for (double share : new double[] {0.9, 0.5, 0.1}) {
            assertThat(refused(Arrays.copyOf(whole, (int) (share * whole.length)))
                            .code())
                    .as(format + " " + share)
                    .isIn(User.CORRUPT, User.UNSUPPORTED_FORMAT, User.INVALID);
        }
    }

    @Test
    void refusesWhatIsNoPicture() {
        assertThat(refused(new byte[0]).code()).isEqualTo(User.EMPTY);
        assertThat(refused("not a picture".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .code())
                .isEqualTo(User.UNSUPPORTED_FORMAT);
        byte[] noise = new byte[5000];
        new Random(1).nextBytes(noise);
        assertThat(refused(noise).code()).isEqualTo(User.UNSUPPORTED_FORMAT);
        assertThat(refused(Pictures.file(STRIP, "gif")).code()).isEqualTo(User.UNSUPPORTED_FORMAT);
        assertThat(refused(Pictures.file(new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY), "png"))
                        .code())
                .isEqualTo(User.INVALID);
    }

    /** 30,000 x 30,000 zeros in under a megabyte, refused by its header. */
    @Test
    void refusesDecompressionBombsUndecoded() throws IOException {
        byte[] bomb = png(30_000, 30_000, 1 << 20, false);
        long before = System.nanoTime();
        assertThat(refused(bomb).code()).isEqualTo(User.TOO_LARGE);
        assertThat(System.nanoTime() - before).isLessThan(2_000_000_000L);
    }

    @Test
    void refusesMovingPictures() throws IOException {
        assertThat(refused(png(64, 64, 64 * 65, true)).code()).isEqualTo(User.UNSUPPORTED_FORMAT);
        assertThat(PictureReader.read(png(64, 64, 64 * 65, false)).width()).isEqualTo(64);
    }

    /** A frame header of four components is enough to know. */
    @Test
    void refusesPrintingColours() {
        byte[] file = Pictures.file(STRIP, "jpeg");
        for (int i = 2; i + 9 < file.length; i++) {
            if ((file[i] & 255) == 0xFF && (file[i + 1] & 255) == 0xC0) {
                file[i + 9] = 4;
                break;
            }
        }
        assertThat(refused(file).code()).isIn(User.UNSUPPORTED_FORMAT, User.CORRUPT);
        assertThat(PictureHeaders.jpegComponents(file)).isEqualTo(4);
    }

    @Test
    void survivesDamageAnywhere() {
        var random = new Random(3);
        for (String format : new String[] {"png", "bmp", "tiff", "jpeg"}) {
            byte[] whole = Pictures.file(STRIP, format);
            for (int trial = 0; trial < 60; trial++) {
                byte[] damaged = whole.clone();
                for (int hit = 0; hit < 4; hit++) {
                    damaged[random.nextInt(Math.min(damaged.length, trial < 30 ? 200 : damaged.length))] =
                            (byte) random.nextInt();
                }
                try {
                    assertThat(PictureReader.read(damaged).width()).isPositive();
                } catch (UnreadablePicture e) {
                    assertThat(e.remedy()).isNotBlank();
                }
            }
        }
    }

    /** A grey PNG of zeros; animated when a chunk acTL stands before the data. */
    private static byte[] png(int width, int height, int bytes, boolean animated) throws IOException {
        var out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
        chunk(
                out,
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put((byte) 8)
                        .array());
        if (animated) {
            chunk(out, "acTL", ByteBuffer.allocate(8).putInt(2).putInt(0).array());
        }
        var data = new ByteArrayOutputStream();
        try (var deflater = new DeflaterOutputStream(data)) {
            deflater.write(new byte[bytes]);
        }
        chunk(out, "IDAT", data.toByteArray());
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
        byte[] body = ByteBuffer.allocate(4 + data.length)
                .put(type.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1))
                .put(data)
                .array();
        var crc = new CRC32();
        crc.update(body);
        out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        out.writeBytes(body);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    /** Pages that point in a circle: to count them all would never end. TIFF 6.0, section 2. */
    @Test
    void pagesInACircleAreRefused() {
        int[][] tags = {
            {256, 3, 20},
            {257, 3, 20},
            {258, 3, 8},
            {259, 3, 1},
            {262, 3, 1},
            {273, 4, 200},
            {277, 3, 1},
            {278, 3, 20},
            {279, 4, 400}
        };
        ByteBuffer tiff = ByteBuffer.allocate(600).order(ByteOrder.LITTLE_ENDIAN);
        tiff.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8).putShort((short) tags.length);
        for (int[] tag : tags) {
            tiff.putShort((short) tag[0]).putShort((short) tag[1]).putInt(1).putInt(tag[2]);
        }
        tiff.putInt(8);
        assertThatThrownBy(() -> PictureReader.read(tiff.array()))
                .isInstanceOf(UnreadablePicture.class)
                .hasMessageContaining("several pictures");
    }
}
