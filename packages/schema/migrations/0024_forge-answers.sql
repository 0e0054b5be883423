-- A trigger may answer to the forge: each kind of answer is an endpoint of the trigger's own. What ends in _sealed is encrypted by SECRETS_KEY.
alter table triggers
  add column answer jsonb,
  add column token_sealed bytea,
  add constraint triggers_answer_check check ((answer is null) = (token_sealed is null));

-- The commit that a delivery spoke of, where its trigger answers.
alter table trigger_deliveries add column commit jsonb;

alter table webhook_endpoints
  add column trigger_id uuid,
  drop constraint webhook_endpoints_kind_check,
  add constraint webhook_endpoints_kind_check check (kind in ('standard', 'github-status', 'github-sarif', 'gitlab-status')),
  add constraint webhook_endpoints_trigger_check check ((kind = 'standard') = (trigger_id is null)),
  add constraint webhook_endpoints_of_trigger unique (workspace_id, trigger_id, kind),
  add foreign key (workspace_id, trigger_id) references triggers on delete cascade;
