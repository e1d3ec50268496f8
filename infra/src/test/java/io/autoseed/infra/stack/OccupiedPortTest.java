package io.autoseed.infra.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OccupiedPortTest {
  @TempDir private Path folder;

  @Test
  void aFirstUpThatFindsAPortTakenLeavesNoProcessAndNoChoiceBehind() throws Exception {
    Ports ports = Ports.free();
    StackHome home = new StackHome(folder);
    LocalStack stack = LocalStack.open(StackOptions.of(folder).withPorts(ports));

    try (ServerSocket taken =
        new ServerSocket(ports.temporal(), 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> stack.up(line -> {}))
          .isInstanceOf(StackException.class)
          .hasMessageContaining("temporal needs port " + taken.getLocalPort());
    }

    assertThat(home.run().supervisor()).isEmpty();
    assertThat(home.run().desired()).isEmpty();
    assertThat(home.choices()).isEmpty();
  }
}
