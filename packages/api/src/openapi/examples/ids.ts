/** What the examples share. */
export const scan = 'scn_01kb3v1xg4f0rvm7t1jx1qhd2c'
export const shard = 'shd_01kb3v1xg5f9k8yj9s2y4d8c6n'
export const key = 'key_01kb3tzz00e5ws4m1d5vb6pqre'
export const createdBy = { kind: 'key', id: key }
export const [createdAt, startedAt, finishedAt] = [
  '2026-03-02T09:00:00.000Z',
  '2026-03-02T09:00:00.412Z',
  '2026-03-02T09:01:12.870Z',
]
