package io.autoseed.activities.tracking;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autoseed.activities.catalog.RefusedDelivery;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.MlflowHttpException;
import org.mlflow.tracking.creds.BasicMlflowHostCreds;

/**
 * MLflow's client with a limit on every call: the client itself would wait for ever. A call that
 * takes too long is abandoned with its connection. One thread.
 */
final class MlflowServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_ANSWER = 300;

  private final URI address;
  private final Duration patience;
  private final ExecutorService threads;
  private MlflowClient client;

  MlflowServer(URI address, Duration patience) {
    this.address = address;
    this.patience = patience;
    this.threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread calling = new Thread(task, "mlflow");
              calling.setDaemon(true);
              return calling;
            });
  }

  /**
   * Calls MLflow.
   *
   * @throws RefusedDelivery for a 4xx, but 408 and 429, which pass
   * @throws TrackingDownException for everything else
   */
  <T> T call(String what, Function<MlflowClient, T> call) {
    if (client == null) {
      client = new MlflowClient(new BasicMlflowHostCreds(base(), null, null));
    }
    MlflowClient current = client;
    Future<T> answer = threads.submit(() -> call.apply(current));
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw failure(what, e.getCause());
    } catch (TimeoutException e) {
      answer.cancel(true);
      abandon();
      throw new TrackingDownException(
          what + ": no answer from MLflow at " + address + " in " + patience.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      abandon();
      Thread.currentThread().interrupt();
      throw new TrackingDownException(what + " was interrupted", e);
    }
  }

  private String base() {
    String base = address.toString();
    return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
  }

  private RuntimeException failure(String what, Throwable cause) {
    if (cause instanceof MlflowHttpException http) {
      int status = http.getStatusCode();
      if (status >= 400 && status < 500 && status != 408 && status != 429) {
        return new RefusedDelivery(
            what
                + ": MLflow at "
                + address
                + " refused with "
                + status
                + " "
                + brief(http.getBodyMessage())
                + "; mend it, then release the run",
            http);
      }
    }
    return new TrackingDownException(
        what + ": MLflow at " + address + " failed: " + brief(cause.toString()), cause);
  }

  private static String brief(String text) {
    String line = text == null ? "" : text.replaceAll("\\s+", " ").strip();
    return line.length() > LONGEST_ANSWER ? line.substring(0, LONGEST_ANSWER) + "..." : line;
  }

  /** Posts JSON to an endpoint that the client has no method for. */
  JsonNode post(String what, String endpoint, Object body) {
    return call(what, mlflow -> parse(mlflow.sendPost(endpoint, json(body))));
  }

  JsonNode get(String what, String pathAndQuery) {
    return call(what, mlflow -> parse(mlflow.sendGet(pathAndQuery)));
  }

  private static String json(Object body) {
    try {
      return JSON.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON for " + body, e);
    }
  }

  private static JsonNode parse(String answer) {
    try {
      return JSON.readTree(answer == null || answer.isEmpty() ? "{}" : answer);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("MLflow answered with something that is not JSON", e);
    }
  }

  private void abandon() {
    MlflowClient old = client;
    client = null;
    if (old != null) {
      old.close();
    }
  }

  @Override
  public void close() {
    abandon();
    threads.shutdownNow();
  }
}
