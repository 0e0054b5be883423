-- When a key was first rotated, and the end that it was made with: its expires_at is that of the overlap since.
alter table api_keys add column rotated_at timestamptz;
alter table api_keys add column made_until timestamptz;
