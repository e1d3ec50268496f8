-- How far a run's rows for MLflow are delivered. They are delivered in order, so one number says
-- it, and what waits is found without reading what was delivered before: a run of ten thousand
-- tasks has sixty thousand rows. metric_delivery says when each was.
CREATE TABLE tracking_progress (
  run       text PRIMARY KEY REFERENCES run,
  delivered bigint NOT NULL                  -- rows with smaller numbers are
);

INSERT INTO tracking_progress
SELECT r.id, coalesce(
  (SELECT min(o.number) FROM metric_outbox o WHERE o.run = r.id AND NOT EXISTS
    (SELECT FROM metric_delivery d WHERE d.run = o.run AND d.number = o.number)),
  r.outbox_next)
FROM run r;

GRANT SELECT, INSERT, UPDATE ON tracking_progress TO autoseed_app;
