-- The study that a run is a member of. Members are listed with their study, and are no model's version.
ALTER TABLE run ADD COLUMN study text;
UPDATE run SET study = o.payload::jsonb -> 'tags' ->> 'autoseed.study'
FROM metric_outbox o WHERE o.run = run.id AND o.kind = 'RunStarted';
CREATE INDEX run_by_study ON run (study) WHERE study IS NOT NULL;
