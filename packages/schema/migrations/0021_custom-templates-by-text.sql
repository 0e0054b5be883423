-- no transaction
-- Whether a text is still some template's is asked for each text that retention looks at.
create index concurrently custom_templates_text on custom_templates (workspace_id, digest);
