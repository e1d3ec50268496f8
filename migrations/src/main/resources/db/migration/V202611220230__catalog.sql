-- The catalog: what ran, what it consumed and produced, and what it measured.
-- Everything here can be rebuilt from the manifests in the artifact store; nothing here decides
-- which outcome of a phase counts (the manifest does).

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'autoseed_app') THEN
    RAISE EXCEPTION 'role autoseed_app is missing: create it (LOGIN, no other right) before the migration';
  END IF;
END $$;

-- Tokens -------------------------------------------------------------------------------------

-- A catalog that was rebuilt from the store starts a new epoch: its tokens are larger than any
-- token of the lost catalog, so that an attempt from before can never pass a check.
CREATE TABLE token_epoch (
  epoch      integer PRIMARY KEY CHECK (epoch BETWEEN 1 AND 4000000),
  reason     text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO token_epoch (epoch, reason) VALUES (1, 'first catalog');

CREATE SEQUENCE phase_token;

CREATE FUNCTION next_phase_token() RETURNS bigint LANGUAGE sql VOLATILE AS
$$ SELECT ((SELECT max(epoch) FROM token_epoch)::bigint << 40) | nextval('phase_token') $$;

-- Runs, tasks, phases ------------------------------------------------------------------------

CREATE TABLE run (
  id                text PRIMARY KEY CHECK (id ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$'),
  workflow_id       text NOT NULL,
  sequence_name     text NOT NULL,
  sequence_digest   text NOT NULL,
  strategy          text NOT NULL,
  settings          text NOT NULL,          -- canonical JSON
  random_seed       bigint NOT NULL,
  code_version      text NOT NULL,
  numeric_profile   text NOT NULL,
  reuse             text NOT NULL CHECK (reuse IN ('all', 'encode', 'none')),
  forked_from       text REFERENCES run,
  forked_after_task integer,
  beside            text REFERENCES run,    -- the main run that this baseline accompanies
  state             text NOT NULL DEFAULT 'SUBMITTED'
                    CHECK (state IN ('SUBMITTED', 'RUNNING', 'PAUSED', 'DONE', 'FAILED', 'CANCELLED')),
  failure           text,
  created_at        timestamptz NOT NULL DEFAULT now(),
  finished_at       timestamptz,
  outbox_next       bigint NOT NULL DEFAULT 0,
  audit_next        bigint NOT NULL DEFAULT 0,
  audit_head        text NOT NULL DEFAULT repeat('0', 64),
  CHECK ((forked_from IS NULL) = (forked_after_task IS NULL))
);
CREATE INDEX run_by_time ON run (created_at DESC);

CREATE TABLE task (
  run            text NOT NULL REFERENCES run,
  task           integer NOT NULL CHECK (task >= 0),
  name           text NOT NULL,
  digest         text NOT NULL,
  dataset        text NOT NULL,
  dataset_digest text NOT NULL,
  classes        text[] NOT NULL,
  PRIMARY KEY (run, task)
);

-- One row a phase. Its token is the lease: no lock and no clock, only "who may write it down".
CREATE TABLE phase (
  id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  run              text NOT NULL,
  task             integer NOT NULL,
  phase            text NOT NULL
                   CHECK (phase IN ('ENCODE', 'REPLAY', 'ADAPT', 'SEED_UPDATE', 'EVALUATE', 'PUBLISH')),
  token            bigint NOT NULL DEFAULT 0,
  phase_key        text,
  manifest_key     text,
  manifest_version text,
  manifest_sha256  text,
  outcome_digest   text,
  reused_from      text,                    -- key of the manifest whose objects were adopted
  compute_seconds  double precision,
  started_at       timestamptz NOT NULL DEFAULT now(),
  committed_at     timestamptz,
  UNIQUE (run, task, phase),
  FOREIGN KEY (run, task) REFERENCES task,
  CHECK ((committed_at IS NULL) = (outcome_digest IS NULL)),
  CHECK ((committed_at IS NULL) = (manifest_version IS NULL))
);

CREATE TABLE phase_attempt (
  token           bigint PRIMARY KEY,
  phase           bigint NOT NULL REFERENCES phase,
  host            text NOT NULL,
  build           text NOT NULL,
  numeric_profile text NOT NULL,
  started_at      timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX phase_attempt_by_phase ON phase_attempt (phase);

-- How an attempt ended. An attempt without a row crashed, is running, or was overtaken.
CREATE TABLE phase_attempt_end (
  token           bigint PRIMARY KEY REFERENCES phase_attempt,
  result          text NOT NULL CHECK (result IN ('committed', 'adopted', 'reused', 'differed')),
  outcome_digest  text NOT NULL,
  compute_seconds double precision NOT NULL,
  ended_at        timestamptz NOT NULL DEFAULT now()
);

-- Artifacts and lineage ----------------------------------------------------------------------

CREATE TABLE artifact (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  uri        text NOT NULL,                 -- object key, or dataset:<digest>, encoder:<digest>, ...
  version    text NOT NULL,                 -- version of the object; empty where there is none
  sha256     text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  bytes      bigint NOT NULL CHECK (bytes >= 0),
  kind       text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (uri, version)
);
CREATE INDEX artifact_by_digest ON artifact (sha256);

CREATE TABLE lineage_edge (
  phase     bigint NOT NULL REFERENCES phase,
  direction text NOT NULL CHECK (direction IN ('consumed', 'produced')),
  artifact  bigint NOT NULL REFERENCES artifact,
  name      text NOT NULL,
  PRIMARY KEY (phase, direction, artifact)
);
CREATE INDEX lineage_by_artifact ON lineage_edge (artifact, direction, phase);

CREATE TABLE data_set (
  digest     text PRIMARY KEY,
  name       text NOT NULL,
  files      integer NOT NULL CHECK (files >= 0),
  licence    text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE encoder (
  digest           text PRIMARY KEY,
  name             text NOT NULL,
  alignment_digest text NOT NULL,
  image_width      integer NOT NULL,
  text_width       integer NOT NULL,
  created_at       timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE seed (
  run          text NOT NULL REFERENCES run,
  id           text NOT NULL,
  class_number integer NOT NULL,
  class_name   text NOT NULL,
  task_born    integer NOT NULL,
  task_pruned  integer,
  utility      double precision NOT NULL,
  artifact     bigint NOT NULL REFERENCES artifact,  -- the object that held it first
  row_number   integer NOT NULL,                     -- its row there
  PRIMARY KEY (run, id)
);
CREATE INDEX seed_by_id ON seed (id);

-- What was measured --------------------------------------------------------------------------

CREATE TABLE accuracy (
  run        text NOT NULL REFERENCES run,
  setting    text NOT NULL,                 -- class-incremental, task-incremental, ...
  after_task integer NOT NULL,
  on_task    integer NOT NULL,
  value      double precision NOT NULL,
  PRIMARY KEY (run, setting, after_task, on_task)
);

CREATE TABLE metric (
  run   text NOT NULL REFERENCES run,
  task  integer NOT NULL,
  phase text NOT NULL,
  name  text NOT NULL,
  value double precision NOT NULL,
  PRIMARY KEY (run, task, phase, name)
);

CREATE TABLE model_version (
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name           text NOT NULL,
  version        integer NOT NULL,
  run            text NOT NULL REFERENCES run,
  task           integer NOT NULL,
  manifest       bigint NOT NULL REFERENCES artifact,
  outcome_digest text NOT NULL,
  created_at     timestamptz NOT NULL DEFAULT now(),
  UNIQUE (name, version),
  UNIQUE (run, task)
);

CREATE TABLE prediction (
  id           text PRIMARY KEY,
  manifest     bigint NOT NULL REFERENCES artifact,
  image_sha256 text NOT NULL,
  result       text NOT NULL,               -- canonical JSON
  created_at   timestamptz NOT NULL DEFAULT now()
);

-- Tracking -----------------------------------------------------------------------------------

-- What MLflow is to be told, in order; sent again it is the same.
CREATE TABLE metric_outbox (
  run        text NOT NULL REFERENCES run,
  number     bigint NOT NULL,
  kind       text NOT NULL,
  payload    text NOT NULL,                 -- canonical JSON
  created_at timestamptz NOT NULL,
  PRIMARY KEY (run, number)
);

CREATE TABLE metric_delivery (
  run          text NOT NULL,
  number       bigint NOT NULL,
  delivered_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (run, number),
  FOREIGN KEY (run, number) REFERENCES metric_outbox
);

-- A refusal (4xx) stops a run's deliveries until somebody looks.
CREATE TABLE tracking_park (
  run       text PRIMARY KEY REFERENCES run,
  number    bigint NOT NULL,
  hint      text NOT NULL,
  parked_at timestamptz NOT NULL DEFAULT now(),
  parked    boolean NOT NULL DEFAULT true
);

-- Which MLflow run stands for which run (task -1) or task.
CREATE TABLE tracked_run (
  run           text NOT NULL REFERENCES run,
  task          integer NOT NULL,
  mlflow_run    text NOT NULL,
  experiment    text NOT NULL,
  artifact_uri  text NOT NULL,
  created_at    timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (run, task)
);

-- Audit --------------------------------------------------------------------------------------

CREATE TABLE audit_log (
  run      text NOT NULL REFERENCES run,
  number   bigint NOT NULL,
  at       timestamptz NOT NULL,
  event    text NOT NULL,
  details  text NOT NULL,                   -- canonical JSON
  previous text NOT NULL,
  hash     text NOT NULL,
  PRIMARY KEY (run, number)
);

CREATE TABLE audit_anchor (
  run          text NOT NULL REFERENCES run,
  number       bigint NOT NULL,             -- entries before this number are covered
  hash         text NOT NULL,
  object_key   text NOT NULL,
  object_version text NOT NULL,
  created_at   timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (run, number)
);

-- Append-only --------------------------------------------------------------------------------

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'table % is append-only: % refused', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'restrict_violation';
END $$;

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY[
    'token_epoch', 'phase_attempt', 'phase_attempt_end', 'artifact', 'lineage_edge', 'data_set',
    'encoder', 'accuracy', 'metric', 'model_version', 'prediction', 'metric_outbox',
    'metric_delivery', 'tracked_run', 'audit_log', 'audit_anchor', 'task']
  LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I
                    FOR EACH ROW EXECUTE FUNCTION refuse_change()', name);
    EXECUTE format('CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON %I
                    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', name);
  END LOOP;
END $$;

-- Rights of the application ------------------------------------------------------------------

REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO autoseed_app;
GRANT SELECT, INSERT ON
  run, task, phase, phase_attempt, phase_attempt_end, artifact, lineage_edge, data_set, encoder,
  seed, accuracy, metric, model_version, prediction, metric_outbox, metric_delivery, tracking_park,
  tracked_run, audit_log, audit_anchor TO autoseed_app;
GRANT SELECT ON token_epoch TO autoseed_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO autoseed_app;
-- The mutable columns, and no others.
GRANT UPDATE (state, failure, finished_at, outbox_next, audit_next, audit_head, sequence_digest) ON run TO autoseed_app;
GRANT UPDATE (token, phase_key, manifest_key, manifest_version, manifest_sha256, outcome_digest,
              reused_from, compute_seconds, committed_at) ON phase TO autoseed_app;
GRANT UPDATE (task_pruned, utility) ON seed TO autoseed_app;
GRANT UPDATE (number, hint, parked_at, parked) ON tracking_park TO autoseed_app;
