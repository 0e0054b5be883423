-- no transaction
-- A worker that is busy looks whether a lost shard, which has to run alone, waits for it.
create index concurrently shards_lost on shards (due_at) where state = 'queued' and losses > 0;
