import { createdAt, createdBy } from './ids.ts'

export const targetExamples = {
  Target: {
    id: 'tgt_01kb3v0zs7f3b9kq1g1n9x0w4m',
    name: 'Web shop',
    address: 'https://app.example.com',
    labels: { team: 'web' },
    createdBy,
    createdAt,
  },
}
