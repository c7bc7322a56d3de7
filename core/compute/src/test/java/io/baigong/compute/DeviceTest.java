package io.baigong.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtProvider;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeviceTest {
    private static final Set<OrtProvider> CPU_ONLY = Set.of(OrtProvider.CPU);
    private static final Set<OrtProvider> BOTH = Set.of(OrtProvider.CPU, OrtProvider.CUDA);

    private static Boolean broken() {
        throw new IllegalStateException("libcudnn is missing");
    }

    @Test
    void aDeviceIsTakenWhereThereIsOne() {
        assertThat(Device.choose("auto", BOTH, () -> true)).isEqualTo(Device.CUDA);
        assertThat(Device.choose("CUDA", BOTH, () -> true)).isEqualTo(Device.CUDA);
        assertThat(Device.choose("cpu", BOTH, () -> true)).isEqualTo(Device.CPU);
    }

    @Test
    void withoutOneModelsRunOnTheCpu() {
        assertThat(Device.choose("auto", CPU_ONLY, DeviceTest::broken)).isEqualTo(Device.CPU);
        assertThat(Device.choose("auto", BOTH, DeviceTest::broken)).isEqualTo(Device.CPU);
    }

    @Test
    void whoInsistsIsToldWhatIsMissing() {
        assertThatThrownBy(() -> Device.choose("cuda", CPU_ONLY, () -> true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("profile cuda");
        assertThatThrownBy(() -> Device.choose("cuda", BOTH, DeviceTest::broken))
                .hasMessageContaining("libcudnn is missing");
        assertThatThrownBy(() -> Device.choose("tpu", BOTH, () -> true)).hasMessageContaining("auto, cpu or cuda");
    }

    @Test
    void thisProcessHasOne() {
        assertThat(Device.current()).isNotNull();
    }
}
