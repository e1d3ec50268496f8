-- When each row was delivered is read by nobody; tracking_progress says how far a run's rows are.
DROP TABLE metric_delivery;
