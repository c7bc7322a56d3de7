package io.baigong.registry.language;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baigong.registry.language.LanguageModel.Kind;
import io.baigong.spi.Progress;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are read as their formats' specifications say, and no further than they go. */
class LanguageModelFilesTest {
    @TempDir
    Path folder;

    /** Writes little-endian numbers and texts with their lengths, as GGUF has them. */
    private static final class Gguf {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Gguf int32(int number) {
            out.writeBytes(ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(number)
                    .array());
            return this;
        }

        Gguf int64(long number) {
            out.writeBytes(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(number)
                    .array());
            return this;
        }

        Gguf text(String text) {
            int64(text.getBytes(UTF_8).length);
            out.writeBytes(text.getBytes(UTF_8));
            return this;
        }

        Gguf bytes(int count) {
            out.writeBytes(new byte[count]);
            return this;
        }
    }

    /** Three entries, one of them a list of texts, and two tensors: 2 x 256 numbers in Q4_K, 4 in F32. */
    private static byte[] gguf() {
        var file = new Gguf().int32(0x46554747).int32(3).int64(2).int64(4);
        file.text("general.architecture").int32(8).text("qwen2");
        file.text("tokenizer.ggml.tokens").int32(9).int32(8).int64(2).text("a").text("b");
        file.text("qwen2.context_length").int32(4).int32(32768);
        file.text("general.name").int32(8).text("Qwen2.5\n 7B");
        file.text("blk.0.weight").int32(2).int64(256).int64(2).int32(12).int64(0);
        file.text("blk.0.bias").int32(1).int64(4).int32(0).int64(288);
        return file.bytes(288 + 16 + 32).out.toByteArray();
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private static LanguageModel describe(Path path) throws IOException {
        return LanguageModelFiles.describe(path, "house", "2026-11", Progress.SILENT);
    }

    @Test
    void aGgufFileSaysWhatItIs() throws Exception {
        LanguageModel model = describe(write("q4.gguf", gguf()));
        assertThat(model.kind()).isEqualTo(Kind.GGUF);
        assertThat(model.name()).isEqualTo("Qwen2.5  7B");
        assertThat(model.architecture()).isEqualTo("qwen2");
        assertThat(model.parameters()).isEqualTo(516);
        assertThat(model.contextLength()).isEqualTo(32768);
        assertThat(model.precision()).isEqualTo("Q4_K");
        assertThat(model.files().get("q4.gguf").bytes()).isEqualTo(gguf().length);
        assertThat(LanguageModel.read(new ByteArrayInputStream(model.json()))).isEqualTo(model);
    }

    @Test
    void aModelThatWasSplitIsAllOfItsFiles() throws Exception {
        Path first = write("m-00001-of-00002.gguf", gguf());
        assertThatThrownBy(() -> describe(first)).hasMessageContaining("m-00002-of-00002.gguf is missing");
        Path second = write("m-00002-of-00002.gguf", gguf());
        for (Path path : new Path[] {first, second}) {
            LanguageModel model = describe(path);
            assertThat(model.files()).containsOnlyKeys("m-00001-of-00002.gguf", "m-00002-of-00002.gguf");
            assertThat(model.parameters()).isEqualTo(2 * 516);
        }
    }

    @Test
    void aFolderThatLacksAFileOfItsIndexIsRefused() throws Exception {
        write("config.json", "{}".getBytes(UTF_8));
        write("model-1.safetensors", safetensors(HEADER, 14));
        write("model.safetensors.index.json", """
                {"weight_map":{"a":"model-1.safetensors","b":"model-2.safetensors"}}""".getBytes(UTF_8));
        assertThatThrownBy(() -> describe(folder)).hasMessageContaining("names model-2.safetensors, which is missing");
        write("model-2.safetensors", safetensors(HEADER, 14));
        assertThat(describe(folder).parameters()).isEqualTo(14);
    }

    @Test
    void aGgufFileThatIsCutOffAnywhereIsRefused() throws Exception {
        byte[] whole = gguf();
        for (int length = 4; length < whole.length - 32; length++) {
            Path cut = write("cut.gguf", Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> describe(cut))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("GGUF");
        }
    }

    @Test
    void hostileGgufHeadersEndInAnError() throws Exception {
        for (byte[] bytes : new byte[][] {
            new Gguf().int32(0x46554747).int32(1).int64(0).int64(0).out.toByteArray(),
            new Gguf()
                    .int32(0x46554747)
                    .int32(3)
                    .int64(Long.MAX_VALUE)
                    .int64(0)
                    .out
                    .toByteArray(),
            new Gguf().int32(0x46554747).int32(3).int64(0).int64(-1).out.toByteArray(),
            new Gguf()
                    .int32(0x46554747)
                    .int32(3)
                    .int64(0)
                    .int64(1)
                    .int64(Long.MAX_VALUE)
                    .out
                    .toByteArray(),
            new Gguf()
                    .int32(0x46554747)
                    .int32(3)
                    .int64(0)
                    .int64(1)
                    .text("k")
                    .int32(99)
                    .out
                    .toByteArray(),
            new Gguf()
                    .int32(0x46554747)
                    .int32(3)
                    .int64(0)
                    .int64(1)
                    .text("k")
                    .int32(9)
                    .int32(9)
                    .int64(1 << 30)
                    .out
                    .toByteArray(),
            new Gguf()
                    .int32(0x46554747)
                    .int32(3)
                    .int64(0)
                    .int64(1)
                    .text("k")
                    .int32(9)
                    .int32(10)
                    .int64(Long.MAX_VALUE)
                    .out
                    .toByteArray(),
            new Gguf()
                    .int32(0x46554747)
                    .int32(3)
                    .int64(1)
                    .int64(0)
                    .text("t")
                    .int32(2)
                    .int64(Long.MAX_VALUE)
                    .int64(Long.MAX_VALUE)
                    .out
                    .toByteArray()
        }) {
            Path file = write("hostile.gguf", bytes);
            assertThatThrownBy(() -> describe(file))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("GGUF");
        }
        var random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            byte[] changed = gguf();
            for (int j = 0; j < 3; j++) {
                changed[4 + random.nextInt(changed.length - 4)] = (byte) random.nextInt();
            }
            Path file = write("changed.gguf", changed);
            try {
                describe(file);
            } catch (IOException expected) {
                assertThat(expected).hasMessageContaining("GGUF");
            }
        }
    }

    private static byte[] safetensors(String header, int bytes) {
        byte[] text = header.getBytes(UTF_8);
        return ByteBuffer.allocate(8 + text.length + bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .array();
    }

    private static final String HEADER = """
            {"__metadata__":{"format":"pt"},"a":{"dtype":"BF16","shape":[2,3],"data_offsets":[0,12]},"b":{"dtype":"BF16","shape":[],"data_offsets":[12,14]}}""";

    @Test
    void aHuggingFaceFolderSaysWhatItIs() throws Exception {
        write("config.json", """
                {"model_type":"qwen2","max_position_embeddings":4096,"torch_dtype":"bfloat16"}""".getBytes(UTF_8));
        write("model-1.safetensors", safetensors(HEADER, 14));
        write("model-2.safetensors", safetensors(HEADER, 14));
        write("tokenizer.json", "{}".getBytes(UTF_8));
        Files.createDirectory(folder.resolve(".cache"));
        LanguageModel model = describe(folder);
        assertThat(model.kind()).isEqualTo(Kind.HUGGING_FACE);
        assertThat(model.parameters()).isEqualTo(14);
        assertThat(model.contextLength()).isEqualTo(4096);
        assertThat(model.precision()).isEqualTo("bfloat16");
        assertThat(model.base()).isNull();
        assertThat(model.files())
                .containsOnlyKeys("config.json", "model-1.safetensors", "model-2.safetensors", "tokenizer.json");
    }

    @Test
    void anAdapterNamesItsBase() throws Exception {
        write("adapter_config.json", """
                {"peft_type":"LORA","base_model_name_or_path":"models/Qwen2.5-7B"}""".getBytes(UTF_8));
        write("adapter_model.safetensors", safetensors(HEADER, 14));
        LanguageModel model = describe(folder);
        assertThat(model.kind()).isEqualTo(Kind.ADAPTER);
        assertThat(model.architecture()).isEqualTo("LORA");
        assertThat(model.base()).isEqualTo("models/Qwen2.5-7B");
    }

    @Test
    void foldersThatAreNoneAreRefused() throws Exception {
        assertThatThrownBy(() -> describe(folder)).hasMessageContaining("is no language model");
        write("config.json", "[]".getBytes(UTF_8));
        assertThatThrownBy(() -> describe(folder)).hasMessageContaining("config.json is no object of JSON");
        write("config.json", "{".getBytes(UTF_8));
        assertThatThrownBy(() -> describe(folder)).hasMessageContaining("config.json is no JSON");
        write("config.json", "{}".getBytes(UTF_8));
        assertThatThrownBy(() -> describe(folder)).hasMessageContaining("holds no weights");
        for (byte[] bytes : new byte[][] {
            {},
            safetensors(HEADER, 13),
            safetensors("{", 0),
            safetensors("[]", 0),
            safetensors("{\"a\":{\"shape\":[9223372036854775807,9],\"data_offsets\":[0,0]}}", 0),
            safetensors("{\"a\":{\"shape\":[1]}}", 0),
            ByteBuffer.allocate(16).putLong(-1).array()
        }) {
            write("model.safetensors", bytes);
            assertThatThrownBy(() -> describe(folder))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("model.safetensors");
        }
        write("model.safetensors", safetensors(HEADER, 14));
        assertThat(describe(folder).parameters()).isEqualTo(7);
        write("pytorch_model.bin", new byte[0]);
        assertThatThrownBy(() -> describe(folder)).hasMessageContaining("can run code");
    }

    @Test
    void descriptionsThatAreNoneAreRefused() throws Exception {
        String good = new String(describe(write("q4.gguf", gguf())).json(), UTF_8);
        for (String bad : new String[] {
            "",
            "null",
            "{}",
            good.replace("language-model/1", "language-model/2"),
            good.replace("\"house\"", "\"\""),
            good.replace("\"house\"", "\"two\\nlines\""),
            good.replace("\"parameters\" : 516", "\"parameters\" : -1"),
            good.replaceAll("\"sha256\" : \"[0-9a-f]", "\"sha256\" : \"z"),
            good.substring(0, good.length() / 2),
            " ".repeat((1 << 20) + 1)
        }) {
            assertThat(bad).isNotEqualTo(good);
            assertThatThrownBy(() -> LanguageModel.read(new ByteArrayInputStream(bad.getBytes(UTF_8))))
                    .isInstanceOf(IOException.class);
        }
    }
}
