package io.autoseed.infra.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autoseed.infra.doctor.Loopback;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PortsTest {
  @Test
  void everyListenerHasAPortOfItsOwnWithinTheSpan() {
    Ports p = new Ports(20_000);
    int[] ports = {
      p.postgres(),
      p.s3(),
      p.temporal(),
      p.temporalHttp(),
      p.temporalUi(),
      p.temporalMetrics(),
      p.mlflow(),
      p.console(),
      p.workerMetrics(),
      p.minioConsole(),
      p.seaweedMaster(),
      p.seaweedMasterGrpc(),
      p.seaweedVolume(),
      p.seaweedVolumeGrpc(),
      p.seaweedFiler(),
      p.seaweedFilerGrpc(),
      p.seaweedS3Grpc()
    };

    assertThat(ports).doesNotHaveDuplicates();
    assertThat(IntStream.of(ports)).allMatch(port -> port >= 20_000 && port < 20_000 + Ports.SPAN);
  }

  @Test
  void aBaseThatLeavesNoRoomIsRefused() {
    assertThatThrownBy(() -> new Ports(80)).isInstanceOf(StackException.class);
    assertThatThrownBy(() -> new Ports(65_530)).isInstanceOf(StackException.class);
  }

  @Test
  void aTakenPortIsNotFree() throws Exception {
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

      assertThat(Loopback.isFree(taken.getLocalPort())).isFalse();
    }
  }
}
