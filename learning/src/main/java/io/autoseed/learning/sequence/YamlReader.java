package io.autoseed.learning.sequence;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * YAML to {@link YamlNode}, from the parser's events. The plain part of YAML only: an anchor,
 * alias, tag, merge, second document or key given twice is refused, so nothing can expand or run.
 */
final class YamlReader {
  private final Function<Integer, String> where;
  private final Iterator<Event> events;

  private YamlReader(String yaml, Function<Integer, String> where) {
    this.where = where;
    LoadSettings settings =
        LoadSettings.builder().setCodePointLimit(SequenceLimits.FILE_BYTES).build();
    this.events = new Parse(settings).parseString(yaml).iterator();
  }

  /**
   * The one document of {@code yaml}.
   *
   * @param where names the place of a line, from 1
   */
  static YamlNode read(String yaml, Function<Integer, String> where) {
    try {
      return new YamlReader(yaml, where).document();
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().or(e::getContextMark).map(mark -> mark.getLine() + 1).orElse(1);
      int begin = e.getContextMark().map(mark -> mark.getLine() + 1).orElse(line);
      String within = begin == line ? "" : " in what begins on line " + begin;
      throw new SequenceException(
          where.apply(line), "", "not YAML: " + e.getProblem() + within + "; mend the text there");
    } catch (YamlEngineException e) {
      throw new SequenceException(
          where.apply(1), "", "not YAML: " + e.getMessage() + "; mend the text");
    } catch (NoSuchElementException e) {
      throw new SequenceException(where.apply(1), "", "the file is empty; write a sequence in it");
    }
  }

  private YamlNode document() {
    Event first = next();
    while (first.getEventId() == Event.ID.StreamStart
        || first.getEventId() == Event.ID.DocumentStart) {
      first = next();
    }
    if (first.getEventId() == Event.ID.StreamEnd) {
      throw new NoSuchElementException();
    }
    YamlNode node = node(first, 0);
    for (Event event = next(); event.getEventId() != Event.ID.StreamEnd; event = next()) {
      if (event.getEventId() == Event.ID.DocumentStart) {
        throw new SequenceException(
            place(event), "", "a second document starts here; keep one sequence a file");
      }
    }
    return node;
  }

  private YamlNode node(Event event, int depth) {
    String place = place(event);
    if (event instanceof AliasEvent alias) {
      throw new SequenceException(
          place, "", "found the alias *" + alias.getAlias() + "; write the value out instead");
    }
    if (event instanceof NodeEvent named && named.getAnchor().isPresent()) {
      throw new SequenceException(
          place, "", "found the anchor &" + named.getAnchor().get() + "; remove it");
    }
    if (depth > SequenceLimits.DEPTH) {
      throw new SequenceException(
          place, "", "more than " + SequenceLimits.DEPTH + " levels deep; remove some");
    }
    if (event instanceof ScalarEvent scalar) {
      refuseTag(scalar.getTag().orElse(null), place);
      return new YamlNode.Scalar(scalar.getValue(), scalar.isPlain(), place);
    }
    if (event instanceof SequenceStartEvent list) {
      refuseTag(list.getTag().orElse(null), place);
      List<YamlNode> items = new ArrayList<>();
      for (Event item = next(); item.getEventId() != Event.ID.SequenceEnd; item = next()) {
        items.add(node(item, depth + 1));
      }
      return new YamlNode.Items(items, place);
    }
    refuseTag(((MappingStartEvent) event).getTag().orElse(null), place);
    return fields(place, depth);
  }

  private YamlNode fields(String place, int depth) {
    Map<String, YamlNode> values = new LinkedHashMap<>();
    Map<String, String> keys = new LinkedHashMap<>();
    for (Event event = next(); event.getEventId() != Event.ID.MappingEnd; event = next()) {
      if (!(node(event, depth + 1) instanceof YamlNode.Scalar key)) {
        throw new SequenceException(place(event), "", "a key must be a single word; mend it");
      }
      YamlNode value = node(next(), depth + 1);
      String before = keys.putIfAbsent(key.text(), key.where());
      if (before != null) {
        throw new SequenceException(
            key.where(), key.text(), "given twice, first at " + before + "; keep one");
      }
      values.put(key.text(), value);
    }
    return new YamlNode.Fields(values, keys, place);
  }

  private static void refuseTag(String tag, String place) {
    if (tag != null) {
      throw new SequenceException(place, "", "found the tag " + tag + "; remove it");
    }
  }

  private Event next() {
    return events.next();
  }

  private String place(Event event) {
    return where.apply(event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1));
  }
}
