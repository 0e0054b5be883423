-- no transaction
-- Retention looks for evidence by its age alone.
create index concurrently finding_evidence_age on finding_evidence (created_at);
