package io.autoseed.learning.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.autoseed.learning.tensor.ElementType;
import io.autoseed.learning.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TorchTest {
  @Test
  void deviceNamesAreReadAndWritten() {
    assertThat(Devices.parse("cpu")).isEqualTo(Device.cpu());
    assertThat(Devices.parse("cuda:1")).isEqualTo(Device.gpu(1));
    assertThat(Devices.parse("cuda")).isEqualTo(Device.gpu(0));
    assertThat(Devices.name(Devices.parse("cuda:1"))).isEqualTo("cuda:1");
    assertThatThrownBy(() -> Devices.parse("tpu"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cuda:0");
  }

  @Test
  void aDeviceThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> Torch.start(Device.gpu(99)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("cuda:99");
  }

  @Test
  void theEngineComputesWithOneThread() {
    NumericProfile profile = NumericProfile.current().requireSingleThread();
    assertThat(profile.torch()).startsWith("2.");
    assertThat(profile.digest()).hasSize(64).isEqualTo(NumericProfile.current().digest());
  }

  @Test
  void theProfileIsAvx2OnlyIfTheWholeEnvironmentSaysSo() {
    Map<String, String> environment = new HashMap<>(NumericProfile.ENVIRONMENT);
    environment.put("PATH", "/bin");
    assertThat(NumericProfile.cpuProfile(environment)).isEqualTo("avx2");
    environment.put("MKL_CBWR", "AVX512");
    assertThat(NumericProfile.cpuProfile(environment)).isEqualTo("native");
  }

  @Test
  void processorsOfIntelAreOneUnderAvx2AndAllOthersAreTheirModel() {
    List<String> xeon = List.of("vendor_id\t: GenuineIntel", "model name\t: Intel(R) Xeon(R)");
    List<String> epyc = List.of("vendor_id\t: AuthenticAMD", "model name\t: AMD EPYC");
    assertThat(NumericProfile.processor(xeon, "avx2")).isEqualTo("GenuineIntel");
    assertThat(NumericProfile.processor(xeon, "native")).isEqualTo("Intel(R) Xeon(R)");
    assertThat(NumericProfile.processor(epyc, "avx2")).isEqualTo("AMD EPYC");
    assertThat(NumericProfile.processor(List.of("Hardware"), "avx2"))
        .isEqualTo(System.getProperty("os.arch"));
  }

  @Test
  void profilesOfDifferentThreadCountsHaveDifferentDigests() {
    NumericProfile one = new NumericProfile("avx2", "2.7.1", 1, "GenuineIntel");
    NumericProfile two = new NumericProfile("avx2", "2.7.1", 2, "GenuineIntel");
    assertThat(one.digest()).isNotEqualTo(two.digest());
    assertThatThrownBy(two::requireSingleThread).hasMessageContaining("2 threads");
  }

  @Test
  void tensorsSurviveTheWayToTheEngineAndBack() {
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      byte[] half = {0, 60, 0, (byte) 0xc0}; // 1 and -2
      for (Tensor tensor :
          new Tensor[] {
            Tensor.of(new float[] {1, -2, Float.MIN_VALUE, 4, 5, 6}, 2, 3),
            Tensor.of(new double[] {Math.PI}, 1),
            Tensor.of(new int[] {7, -8}, 2, 1),
            Tensor.ofBytes(ElementType.F16, half, 2),
            Tensor.ofBytes(ElementType.U8, new byte[] {1, (byte) 255}, 2),
            Tensor.of(new float[0], 0, 3)
          }) {
        NDArray array = NdArrays.toArray(manager, tensor);
        assertThat(NdArrays.toTensor(array)).isEqualTo(tensor);
      }
      NDArray ones = NdArrays.toArray(manager, Tensor.of(new float[] {1, 2, 3, 4}, 2, 2));
      assertThat(NdArrays.toTensor(ones.transpose()).floats()).containsExactly(1, 3, 2, 4);
    }
  }
}
