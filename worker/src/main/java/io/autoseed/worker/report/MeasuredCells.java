package io.autoseed.worker.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import io.autoseed.learning.metrics.CellRow;
import java.io.IOException;
import java.util.List;

/**
 * Writes a row of an accuracy matrix as an object of what was measured, {@code {"0": 85.5, "3":
 * 70}}: of a sequence of thousands of tasks nearly all cells are not.
 */
final class MeasuredCells extends JsonSerializer<List<Double>> {
  @Override
  public void serialize(List<Double> row, JsonGenerator json, SerializerProvider provider)
      throws IOException {
    json.writeStartObject();
    for (var cell : CellRow.of(row).measured().entrySet()) {
      json.writeNumberField(cell.getKey().toString(), cell.getValue());
    }
    json.writeEndObject();
  }
}
