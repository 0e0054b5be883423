-- Exports walk a scan's findings worst first and template by template, a page at a time.
create index findings_by_template on findings (workspace_id, scan_id, severity, template_id, sequence);
