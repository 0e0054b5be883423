import type { Sql } from '../src/store/index.ts'

/**
 * Watches every row from inside the database, whatever statement writes it: what no shard, scan or finding may ever do lands
 * in `forbidden`. The trigger's own looks take a new snapshot, so that they see a takeover that committed meanwhile.
 */
export async function watchRows(sql: Sql): Promise<void> {
  await sql.unsafe(`
    create table forbidden (what text, was jsonb, became jsonb);

    create function watch_shard() returns trigger language plpgsql as $$
    declare
      way text := old.state || ' -> ' || new.state;
    begin
      if old.ended_at is not null and new is distinct from old then
        insert into forbidden values ('an ended shard changed', to_jsonb(old), to_jsonb(new));
      elsif old.state <> new.state and way not in ('queued -> running', 'queued -> held', 'queued -> cancelled',
        'held -> queued', 'held -> cancelled', 'queued -> failed', 'held -> failed') and old.state <> 'running' then
        insert into forbidden values (way, to_jsonb(old), to_jsonb(new));
      end if;
      if new.attempt <> old.attempt + (way = 'queued -> running')::integer then
        insert into forbidden values ('an attempt number changed without a claim', to_jsonb(old), to_jsonb(new));
      end if;
      if new.losses not in (old.losses, old.losses + 1) or (new.losses >= 3) <> (new.state = 'dead' or new.losses >= 3
        and new.state = 'cancelled') then
        insert into forbidden values ('losses do not fit', to_jsonb(old), to_jsonb(new));
      end if;
      return new;
    end $$;
    create trigger watch before update on shards for each row execute function watch_shard();

    create function watch_scan() returns trigger language plpgsql as $$
    begin
      if old.finished_at is not null then
        insert into forbidden values ('an ended scan changed', to_jsonb(old), to_jsonb(new));
      elsif new.finished_at is not null and exists (
        select from shards d where d.scan_id = new.id and d.ended_at is null
      ) then
        insert into forbidden values ('a scan ended before its shards', to_jsonb(old), to_jsonb(new));
      elsif new.finished_at is not null and new.cancel_requested_at is not null and new.state <> 'cancelled' then
        insert into forbidden values ('a cancelled scan ended otherwise', to_jsonb(old), to_jsonb(new));
      end if;
      return new;
    end $$;
    create trigger watch before update on scans for each row execute function watch_scan();

    create function watch_finding() returns trigger language plpgsql as $$
    begin
      if not exists (
        select from shards d where d.id = new.shard_id and d.attempt = new.attempt and d.state = 'running'
      ) then
        insert into forbidden values ('a fenced attempt wrote', null, to_jsonb(new));
      end if;
      return new;
    end $$;
    create trigger watch_new before insert on findings for each row execute function watch_finding();
    create trigger watch_again before update of attempt on findings for each row
      when (new.confirmed is null) execute function watch_finding();
  `)
}

/** What must hold of every scan once all have ended; each line is a broken promise. */
export async function brokenPromises(sql: Sql): Promise<unknown[]> {
  return [
    ...(await sql`select what, was, became from forbidden`),
    ...(await sql`select 'a scan is open' as what, id, state from scans where finished_at is null`),
    ...(await sql`select 'a shard is open' as what, id, state from shards where ended_at is null`),
    ...(await sql`select 'an attempt is open' as what, shard_id, number from attempts where ended_at is null`),
    ...(await sql`select 'a finding is undecided' as what, f.* from findings f where confirmed is null`),
    ...(await sql`
      select 'not one terminal event' as what, c.id, c.state, count(o.id) from scans c
      left join outbox o on o.scan_id = c.id and o.kind <> 'scan.started' group by c.id, c.state
      having count(o.id) <> 1 or min(o.kind) <> 'scan.' || c.state`),
    ...(await sql`
      select 'started without an event' as what, c.id from scans c
      where (c.started_at is not null) <> exists (select from outbox o where o.scan_id = c.id and o.kind = 'scan.started')`),
    ...(await sql`
      select 'attempts are not numbered 1 to n' as what, d.id, d.attempt, array_agg(a.number order by a.number)
      from shards d left join attempts a on a.shard_id = d.id group by d.id, d.attempt
      having count(a.number) <> d.attempt or coalesce(max(a.number), 0) <> d.attempt`),
    ...(await sql`
      select 'counts do not fit the rows' as what, d.id, d.state, d.high, d.unconfirmed from shards d
      left join findings f on f.shard_id = d.id group by d.workspace_id, d.scan_id, d.id
      having d.high <> count(*) filter (where f.confirmed) or d.unconfirmed <> count(*) filter (where not f.confirmed)`),
    ...(await sql`
      select 'a lost attempt counts' as what, f.shard_id, f.attempt, d.attempt as last from findings f
      join shards d on d.id = f.shard_id where f.confirmed and (f.attempt <> d.attempt or d.state = 'dead')`),
    ...(await sql`
      select 'a cancel was lost' as what, id, state from scans
      where cancel_requested_at is not null and state <> 'cancelled'`),
  ]
}
