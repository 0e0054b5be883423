import { type Page, plainPage } from './pages.ts'

const octets = 'application/octet-stream'
const pemLine = (word: string) => `-----${word} ${['PRIVATE', 'KEY'].join(' ')}-----`

const gitConfig = `[core]
	repositoryformatversion = 0
	filemode = true
	bare = false
[remote "origin"]
	url = https://fake-user:fake-password@git.weak-site.invalid/shop.git
	fetch = +refs/heads/*:refs/remotes/origin/*
`

const envFile = `APP_ENV=production
APP_KEY=fake-key-of-the-weak-site
DB_HOST=127.0.0.1
DB_PASSWORD=fake-password-of-the-weak-site
MAIL_TOKEN=fake-token-of-the-weak-site
`

const sqlDump = `-- MySQL dump 10.13  Distrib 5.1.73
-- Host: localhost    Database: weak_shop
DROP TABLE IF EXISTS \`customers\`;
CREATE TABLE \`customers\` (\`id\` int NOT NULL, \`name\` varchar(80), PRIMARY KEY (\`id\`));
INSERT INTO \`customers\` VALUES (1,'Nobody Real'),(2,'Fake Person');
`

const keyFile = `${pemLine('BEGIN')}
${Buffer.from('This is no key. It belongs to a deliberately weak site for tests.').toString('base64')}
${pemLine('END')}
`

const metrics = `# HELP http_requests_total Requests served.
# TYPE http_requests_total counter
http_requests_total{code="200"} 1027
# HELP process_resident_memory_bytes Resident memory size in bytes.
# TYPE process_resident_memory_bytes gauge
process_resident_memory_bytes 2.4e+07
`

const openApi = {
  openapi: '3.0.3',
  info: { title: 'Weak shop (fake)', version: '0.1.0' },
  paths: { '/api/account': { get: { responses: { 200: { description: 'An account' } } } } },
}

const robots = `User-agent: *
Disallow: /admin/
Disallow: /backup/
Disallow: /internal-reports/
`

const gzipStart = Buffer.from('1f8b0800000000000003030000000000000000000000', 'hex')
const folderStore = Buffer.from(`0000000142756431${'00'.repeat(56)}`, 'hex')

/** Files that should never be served; every secret in them is made up. */
export const exposedFiles: Record<string, Page> = {
  '/.git/config': plainPage(gitConfig),
  '/.env': plainPage(envFile),
  '/server.key': plainPage(keyFile, octets),
  '/backup.sql': plainPage(sqlDump, 'application/sql'),
  '/backup.tar.gz': plainPage(gzipStart, 'application/gzip'),
  '/.DS_Store': plainPage(folderStore, octets),
  '/metrics': plainPage(metrics, 'text/plain; version=0.0.4'),
  '/openapi.json': plainPage(JSON.stringify(openApi), 'application/json'),
  '/robots.txt': plainPage(robots),
}
