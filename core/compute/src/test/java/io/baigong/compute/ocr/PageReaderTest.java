package io.baigong.compute.ocr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baigong.compute.ocr.PageReader.Word;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Pictures are kept, not drawn, since a JDK need not have fonts: {@code page.png} is the first page of the sample contract
 * for managed services at 200 dpi, {@code chinese.png} is {@code chinese.txt} in Noto Serif CJK.
 */
class PageReaderTest {
    private static PageReader reader;
    private static BufferedImage page;
    private static String text;

    @BeforeAll
    static void open() throws IOException {
        reader = PageReader.open();
        page = image("page.png");
        text = text("page.txt");
    }

    @AfterAll
    static void close() {
        reader.close();
    }

    @Test
    void saysWhichModelItIs() {
        assertThat(reader.name()).isEqualTo("PP-OCRv4");
        assertThat(reader.version()).matches("\\d+\\.\\d+\\.\\d+");
        assertThat(reader.sha256()).matches("[0-9a-f]{64}");
        assertThat(reader.parameters()).isBetween(1_000_000L, 20_000_000L);
    }

    @Test
    void readsPage() {
        assertThat(errorRate(text, reader.read(page))).isLessThan(0.01);
    }

    @Test
    void wordsStandWhereTheyWerePrinted() {
        List<Word> words = reader.read(page);
        Word title = words.getFirst();
        assertThat(title.text()).isEqualTo("MANAGED");
        var ink = inkBounds(page, 0, 260);
        assertThat(title.x()).isCloseTo(ink[0], org.assertj.core.data.Offset.offset(6.0));
        assertThat(title.y()).isBetween(ink[1] - 20.0, ink[1] + 4.0);
        assertThat(title.y() + title.height()).isBetween(ink[3] - 4.0, ink[3] + 20.0);
        assertThat(words).allSatisfy(word -> {
            assertThat(word.x()).isGreaterThanOrEqualTo(0);
            assertThat(word.y()).isGreaterThanOrEqualTo(0);
            assertThat(word.x() + word.width()).isLessThanOrEqualTo(page.getWidth());
            assertThat(word.y() + word.height()).isLessThanOrEqualTo(page.getHeight());
            assertThat(word.width()).isPositive();
            assertThat(word.height()).isPositive();
            assertThat(word.confidence()).isBetween(0.0, 1.0);
            assertThat(word.text()).isNotBlank().doesNotContain(" ");
        });
    }

    @Test
    void readsPageAskew() {
        for (double degrees : new double[] {1, -2.5}) {
            var turn = AffineTransform.getRotateInstance(
                    Math.toRadians(degrees), page.getWidth() / 2.0, page.getHeight() / 2.0);
            List<Word> words = reader.read(drawn(page.getWidth(), page.getHeight(), turn));
            assertThat(errorRate(text, words)).as("%s°", degrees).isLessThan(0.02);
        }
    }

    @Test
    void readsPageTurnedByQuarters() {
        List<Word> upright = reader.read(page);
        for (int quarters = 1; quarters < 4; quarters++) {
            boolean side = quarters % 2 == 1;
            int width = side ? page.getHeight() : page.getWidth();
            int height = side ? page.getWidth() : page.getHeight();
            var turn = AffineTransform.getTranslateInstance(width / 2.0, height / 2.0);
            turn.quadrantRotate(quarters);
            turn.translate(-page.getWidth() / 2.0, -page.getHeight() / 2.0);
            List<Word> words = reader.read(drawn(width, height, turn));
            assertThat(errorRate(text, words)).as("%s quarters", quarters).isLessThan(0.02);
            assertThat(words).extracting(Word::quarters).containsOnly(4 - quarters);
            Word first = words.getFirst();
            var expected = turn.createTransformedShape(new java.awt.geom.Rectangle2D.Double(
                            upright.getFirst().x(),
                            upright.getFirst().y(),
                            upright.getFirst().width(),
                            upright.getFirst().height()))
                    .getBounds2D();
            assertThat(expected.intersects(first.x(), first.y(), first.width(), first.height()))
                    .as("%s quarters: %s at %s", quarters, first, expected)
                    .isTrue();
        }
    }

    @Test
    void readsNoisyPage() {
        var random = new Random(7);
        var noisy = mapped(value -> {
            if (random.nextInt(200) == 0) {
                return random.nextBoolean() ? 0 : 255;
            }
            return value * 0.8 + 30 + random.nextGaussian() * 20;
        });
        assertThat(errorRate(text, reader.read(noisy))).isLessThan(0.05);
    }

    @Test
    void readsFaintPage() {
        assertThat(errorRate(text, reader.read(mapped(value -> 190 + value * 40 / 255))))
                .isLessThan(0.02);
    }

    @Test
    void readsLightOnDark() {
        assertThat(errorRate(text, reader.read(mapped(value -> 255 - value)))).isLessThan(0.05);
    }

    @Test
    void readsColourAndTransparency() {
        var image = new BufferedImage(page.getWidth(), 400, BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int alpha = 255 - (page.getRGB(x, y) & 255);
                image.setRGB(x, y, (alpha << 24) | 0x203080);
            }
        }
        List<Word> words = reader.read(image);
        assertThat(words).extracting(Word::text).startsWith("MANAGED", "SERVICES", "AGREEMENT");
    }

    @Test
    void readsChinese() throws IOException {
        assertThat(errorRate(text("chinese.txt"), reader.read(image("chinese.png"))))
                .isLessThan(0.03);
    }

    @Test
    void blankPageHasNoWords() {
        assertThat(reader.read(drawn(1700, 2200, AffineTransform.getTranslateInstance(1e6, 0))))
                .isEmpty();
        assertThat(reader.read(new BufferedImage(1700, 2200, BufferedImage.TYPE_INT_RGB)))
                .isEmpty();
        var random = new Random(3);
        assertThat(reader.read(mapped(value -> 235 + random.nextGaussian() * 8)))
                .isEmpty();
    }

    @Test
    void tinyAndOddPictures() {
        for (int[] size : new int[][] {{1, 1}, {3, 2}, {31, 33}, {6000, 2}, {2, 6000}}) {
            assertThat(reader.read(new BufferedImage(size[0], size[1], BufferedImage.TYPE_BYTE_GRAY)))
                    .as("%s × %s", size[0], size[1])
                    .isEmpty();
        }
    }

    @Test
    void refusesHugePicture() {
        var huge = new BufferedImage(10_000, 5_001, BufferedImage.TYPE_BYTE_BINARY);
        assertThatThrownBy(() -> reader.read(huge))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("10000 × 5001")
                .hasMessageContaining("lower resolution");
    }

    @Test
    void readsManyPagesAtOnceAlike() throws Exception {
        var strip = page.getSubimage(0, 150, page.getWidth(), 500);
        List<Word> alone = reader.read(strip);
        assertThat(alone).isNotEmpty();
        try (var threads = Executors.newFixedThreadPool(6)) {
            var calls = new ArrayList<Callable<List<Word>>>();
            for (int i = 0; i < 6; i++) {
                calls.add(() -> reader.read(strip));
            }
            for (var result : threads.invokeAll(calls)) {
                assertThat(result.get()).isEqualTo(alone);
            }
        }
    }

    @Test
    void refusesAfterClose() throws IOException {
        var other = PageReader.open();
        other.close();
        other.close();
        assertThatThrownBy(() -> other.read(page)).isInstanceOf(IllegalStateException.class);
    }

    private static double errorRate(String written, List<Word> words) {
        return CharacterErrorRate.of(written, words.stream().map(Word::text).collect(Collectors.joining(" ")));
    }

    /** A brightness for a brightness, both in [0, 255]. */
    private interface Tone {
        double of(int value);
    }

    private static BufferedImage mapped(Tone tone) {
        var image = new BufferedImage(page.getWidth(), page.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                double value = tone.of(page.getRGB(x, y) & 255);
                image.getRaster().setSample(x, y, 0, (int) Math.clamp(value, 0, 255));
            }
        }
        return image;
    }

    private static BufferedImage drawn(int width, int height, AffineTransform place) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, height);
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(page, place, null);
        graphics.dispose();
        return image;
    }

    /** Left, top, right and bottom of what is dark between two rows. */
    private static int[] inkBounds(BufferedImage image, int from, int to) {
        int[] bounds = {Integer.MAX_VALUE, Integer.MAX_VALUE, -1, -1};
        for (int y = from; y < to; y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                if ((image.getRGB(x, y) & 255) < 128) {
                    bounds[0] = Math.min(bounds[0], x);
                    bounds[1] = Math.min(bounds[1], y);
                    bounds[2] = Math.max(bounds[2], x);
                    bounds[3] = Math.max(bounds[3], y);
                }
            }
        }
        return bounds;
    }

    private static BufferedImage image(String name) throws IOException {
        try (InputStream in = PageReaderTest.class.getResourceAsStream(name)) {
            return ImageIO.read(in);
        }
    }

    private static String text(String name) throws IOException {
        try (InputStream in = PageReaderTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
