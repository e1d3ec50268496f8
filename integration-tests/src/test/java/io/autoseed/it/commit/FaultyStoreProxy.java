package io.autoseed.it.commit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands before the S3 server and errs as networks and servers do. Passes bytes on as they are, so
 * that signatures hold; one request a connection.
 */
public final class FaultyStoreProxy implements AutoCloseable {
  /** What befalls a request. */
  public enum Fault {
    NONE,
    /** It is answered 503 and never reaches the server. */
    BUSY,
    /** Its answer takes two seconds. */
    SLOW,
    /** The last byte of its answer is flipped. */
    CORRUPT,
    /** The server performs it, and the answer is lost. */
    ANSWER_LOST
  }

  /**
   * A request that has arrived here and goes on to the server only when it is let go: as one that
   * was under way when its sender, or the network, came to a standstill.
   */
  public static final class Held {
    private final String method;
    private final String part;
    private final AtomicBoolean taken = new AtomicBoolean();
    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch letGo = new CountDownLatch(1);
    private final CompletableFuture<String> answer = new CompletableFuture<>();

    private Held(String method, String part) {
      this.method = method;
      this.part = part;
    }

    /** Whether it is the request of that line; it is one only. */
    private boolean takes(String line) {
      return line.startsWith(method + " ")
          && line.contains(part)
          && taken.compareAndSet(false, true);
    }

    /** Waits until it has arrived. */
    public void await() throws InterruptedException {
      if (!arrived.await(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
        throw new IllegalStateException("no %s of %s came".formatted(method, part));
      }
    }

    /**
     * Lets it go on.
     *
     * @return the first line of the server's answer
     */
    public String letGo() throws Exception {
      letGo.countDown();
      return answer.get(PATIENCE_MINUTES, TimeUnit.MINUTES);
    }
  }

  private static final int PATIENCE_MINUTES = 5;
  private static final String BUSY_BODY =
      "<Error><Code>SlowDown</Code><Message>Please reduce your request rate</Message></Error>";

  private final URI server;
  private final ServerSocket socket;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
  private final Queue<Held> holds = new ConcurrentLinkedQueue<>();
  private final AtomicInteger requests = new AtomicInteger();
  private volatile Fault always = Fault.NONE;
  private volatile String where = "";

  public FaultyStoreProxy(URI server) throws IOException {
    this.server = server;
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  /** Requests that have arrived. */
  public int requests() {
    return requests.get();
  }

  /** The next {@code times} requests err so, those after them not. */
  public void next(Fault fault, int times) {
    for (int i = 0; i < times; i++) {
      faults.add(fault);
    }
  }

  /** All requests err so from now on. */
  public void always(Fault fault) {
    always(fault, "");
  }

  /** All requests whose line contains {@code part} err so from now on. */
  public void always(Fault fault, String part) {
    always = fault;
    where = part;
  }

  /** Holds the next request of that method whose line contains {@code part}. */
  public Held hold(String method, String part) {
    Held held = new Held(method, part);
    holds.add(held);
    return held;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = socket.accept();
        threads.execute(() -> serve(client));
      }
    } catch (IOException e) {
      return; // closed
    }
  }

  private void serve(Socket client) {
    try (client) {
      String head = head(client.getInputStream());
      byte[] body = client.getInputStream().readNBytes(length(head));
      requests.incrementAndGet();
      String line = head.substring(0, head.indexOf('\r'));
      Optional<Held> held = held(line);
      if (held.isPresent()) {
        held.get().arrived.countDown();
        held.get().letGo.await();
      }
      Fault queued = faults.poll();
      Fault fault = queued != null ? queued : line.contains(where) ? always : Fault.NONE;
      byte[] answer = fault == Fault.BUSY ? busy() : forward(head, body);
      held.ifPresent(request -> request.answer.complete(firstLine(answer)));
      if (fault == Fault.SLOW) {
        TimeUnit.SECONDS.sleep(2);
      }
      if (fault == Fault.CORRUPT) {
        answer[answer.length - 1] ^= 1;
      }
      if (fault != Fault.ANSWER_LOST) {
        OutputStream out = client.getOutputStream();
        out.write(answer);
        out.flush();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What holds the request of that line. */
  private Optional<Held> held(String line) {
    return holds.stream().filter(held -> held.takes(line)).findFirst();
  }

  private static String firstLine(byte[] answer) {
    return new String(answer, ISO_8859_1).lines().findFirst().orElse("");
  }

  private byte[] forward(String head, byte[] body) throws IOException {
    try (Socket upstream = new Socket(server.getHost(), server.getPort())) {
      OutputStream out = upstream.getOutputStream();
      String closing =
          head.replaceFirst("(?i)\r\nConnection:[^\r]*", "")
              .replaceFirst("\r\n", "\r\nConnection: close\r\n");
      out.write(closing.getBytes(ISO_8859_1));
      out.write(body);
      out.flush();
      return upstream.getInputStream().readAllBytes();
    }
  }

  private static byte[] busy() {
    return ("HTTP/1.1 503 Slow Down\r\nContent-Type: application/xml\r\nConnection: close\r\n"
            + "Content-Length: "
            + BUSY_BODY.length()
            + "\r\n\r\n"
            + BUSY_BODY)
        .getBytes(UTF_8);
  }

  /** Up to and with the empty line. */
  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("the client went away");
      }
      head.write(next);
    }
    return head.toString(ISO_8859_1);
  }

  private static int length(String head) {
    return head.lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
        .mapToInt(line -> Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()))
        .findFirst()
        .orElse(0);
  }

  @Override
  public void close() throws IOException {
    socket.close();
    threads.shutdownNow();
  }
}
