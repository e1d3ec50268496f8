package io.autoseed.activities.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A store that takes connections and answers nothing. */
class SilentStoreTest {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final List<Socket> connections = new CopyOnWriteArrayList<>();
  private ServerSocket silent;
  private ArtifactStore store;

  @BeforeEach
  void listen() throws IOException {
    silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread accepting = new Thread(this::accept, "silent store");
    accepting.setDaemon(true);
    accepting.start();
    store =
        new ArtifactStore(
            new StoreAddress(
                URI.create("http://127.0.0.1:" + silent.getLocalPort()),
                "us-east-1",
                "key",
                "secret",
                "bucket"),
            new Retries(9, Duration.ofMillis(1), PATIENCE),
            PATIENCE);
  }

  private void accept() {
    try {
      while (true) {
        connections.add(silent.accept());
      }
    } catch (IOException e) {
      return; // closed
    }
  }

  @AfterEach
  void close() throws IOException {
    store.close();
    silent.close();
    for (Socket connection : connections) {
      connection.close();
    }
  }

  @Test
  void isAskedOnceAndGivenUpWithOneLine() {
    assertThatThrownBy(() -> store.find("runs/x/manifests/0"))
        .isExactlyInstanceOf(StoreException.class)
        .hasMessageStartingWith("reading runs/x/manifests/0 at " + store.address() + " failed in ")
        .hasMessageContaining("is the store up (autoseed status)?")
        .hasMessageNotContaining("\n");
    assertThat(connections).hasSize(1);
  }

  @Test
  void isAskedOnceForAWrite() {
    assertThatThrownBy(() -> store.put("runs/x/state", new byte[] {1}, "test"))
        .isExactlyInstanceOf(StoreException.class)
        .hasMessageStartingWith("writing runs/x/state at ");
    assertThat(connections).hasSize(1);
  }
}
