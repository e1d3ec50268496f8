package io.autoseed.activities.tracking;

import com.fasterxml.jackson.databind.JsonNode;
import io.autoseed.activities.catalog.TrackedRun;
import io.autoseed.workflows.ManifestReference;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** MLflow's registered models, for which its Java client has no methods. */
final class ModelRegistry {
  private final MlflowServer mlflow;

  ModelRegistry(MlflowServer mlflow) {
    this.mlflow = mlflow;
  }

  /**
   * Makes a finished run the model's newest version, unless it is one, and its {@code candidate}.
   *
   * @param source where the run's last manifest lies
   */
  void candidate(
      String model, String run, TrackedRun parent, String source, ManifestReference manifest) {
    JsonNode known =
        mlflow.get(
            "looking for model " + model,
            "registered-models/search?filter=" + encoded("name = '" + quoted(model) + "'"));
    if (known.path("registered_models").isEmpty()) {
      mlflow.post("registering model " + model, "registered-models/create", Map.of("name", model));
    }
    mlflow.post(
        "naming the candidate of model " + model,
        "registered-models/alias",
        Map.of(
            "name",
            model,
            "alias",
            "candidate",
            "version",
            version(model, run, parent, source, manifest)));
  }

  private String version(
      String model, String run, TrackedRun parent, String source, ManifestReference manifest) {
    JsonNode versions =
        mlflow.get(
            "looking for the model version of " + run,
            "model-versions/search?max_results=10&filter="
                + encoded("run_id = '" + parent.mlflowRun() + "'"));
    for (JsonNode version : versions.path("model_versions")) {
      for (JsonNode tag : version.path("tags")) {
        if (tag.path("key").asText().equals(MlflowRuns.KEY)
            && tag.path("value").asText().equals(run)) {
          return version.path("version").asText();
        }
      }
    }
    JsonNode made =
        mlflow.post(
            "creating the model version of " + run,
            "model-versions/create",
            Map.of(
                "name",
                model,
                "source",
                source,
                "run_id",
                parent.mlflowRun(),
                "tags",
                List.of(
                    Map.of("key", MlflowRuns.KEY, "value", run),
                    Map.of("key", "autoseed.outcome", "value", manifest.outcomeDigest()))));
    return made.path("model_version").path("version").asText();
  }

  private static String quoted(String name) {
    return name.replace("'", "\\'");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
