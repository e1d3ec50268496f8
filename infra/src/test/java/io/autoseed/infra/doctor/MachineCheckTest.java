package io.autoseed.infra.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineCheckTest {
  @TempDir private Path folder;

  private List<Finding> findings(Map<Integer, String> ports, Map<String, String> environment) {
    return new MachineCheck(folder.resolve("a/b"), folder.resolve("cache"), ports, environment)
        .findings();
  }

  @Test
  void everyProblemNamesARemedy() {
    List<Finding> findings = findings(Map.of(), Map.of("AUTOSEED_PYTHON", "no-such-python"));

    assertThat(findings)
        .filteredOn(f -> f.level() == Finding.Level.PROBLEM)
        .isNotEmpty()
        .noneMatch(f -> f.remedy().isEmpty());
    assertThat(findings)
        .filteredOn(f -> f.check().equals("python"))
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.level()).isEqualTo(Finding.Level.PROBLEM);
              assertThat(f.found()).contains("no-such-python");
              assertThat(f.remedy()).contains("AUTOSEED_PYTHON");
            });
  }

  @Test
  void aTakenPortIsNamedWithTheComponentThatWantsIt() throws Exception {
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      int port = taken.getLocalPort();

      assertThat(findings(Map.of(port, "temporal"), Map.of()))
          .filteredOn(f -> f.check().equals("ports"))
          .singleElement()
          .satisfies(
              f -> {
                assertThat(f.found()).contains(Integer.toString(port)).contains("temporal");
                assertThat(f.remedy()).contains("AUTOSEED_PORT_BASE");
              });
    }
  }
}
