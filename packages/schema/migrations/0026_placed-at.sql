-- A shard's place in its workspace's queue, which it keeps when it is lost or given back; `due_at` only says how long it waits.
alter table shards add column placed_at timestamptz not null default now();
