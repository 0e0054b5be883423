-- no transaction
-- Claims take queued shards by their place; `shards_due` serves workers of before.
create index concurrently shards_by_place on shards (workspace_id, priority desc, placed_at, id) where state = 'queued';
