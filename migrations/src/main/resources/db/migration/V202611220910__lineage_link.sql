-- Lineage as data flowed. Manifests form one chain a run, and ENCODE hands the manifest of the task
-- before on without reading what it stands for: REPLAY is the first to use it. And a phase that
-- adopted another run's objects did not produce them. So a run's lineage holds of other runs only
-- what they made for it, not what they learned themselves.
CREATE VIEW lineage_link AS
SELECT e.phase, e.direction, e.artifact, e.name
FROM lineage_edge e JOIN phase p ON p.id = e.phase JOIN artifact a ON a.id = e.artifact
WHERE NOT (e.direction = 'produced' AND p.reused_from IS NOT NULL AND a.kind <> 'manifest')
  AND NOT (e.direction = 'consumed' AND p.phase = 'ENCODE'
           AND a.kind = 'manifest' AND a.uri LIKE '%/PUBLISH.json')
UNION ALL
SELECT replay.id, 'consumed', e.artifact, e.name
FROM lineage_edge e JOIN phase p ON p.id = e.phase JOIN artifact a ON a.id = e.artifact
JOIN phase replay ON replay.run = p.run AND replay.task = p.task AND replay.phase = 'REPLAY'
WHERE e.direction = 'consumed' AND p.phase = 'ENCODE'
  AND a.kind = 'manifest' AND a.uri LIKE '%/PUBLISH.json' AND replay.committed_at IS NOT NULL;

GRANT SELECT ON lineage_link TO autoseed_app;
