import type postgres from 'postgres'

/** Sets the time-outs of this role in this database, for whoever connects from now on; `transaction_timeout` is of PostgreSQL 17 and newer. */
export async function setTimeouts(sql: postgres.Sql): Promise<void> {
  await sql.unsafe(`do $$ begin
    execute format('alter role %I in database %I set statement_timeout = ''10s''', current_user, current_database());
    execute format('alter role %I in database %I set lock_timeout = ''2s''', current_user, current_database());
    execute format('alter role %I in database %I set idle_in_transaction_session_timeout = ''10s''', current_user, current_database());
    if exists (select from pg_settings where name = 'transaction_timeout') then
      execute format('alter role %I in database %I set transaction_timeout = ''30s''', current_user, current_database());
    end if;
  end $$`)
}
