-- Whether a run removes the training features of each task from the store once the task is published.
ALTER TABLE run ADD COLUMN drops_features boolean NOT NULL DEFAULT false;
