export type Page = { status: number; type: string; body: string | Buffer; headers?: Record<string, string> }

export const plainPage = (body: string | Buffer, type = 'text/plain'): Page => ({ status: 200, type, body })

export const htmlPage = (title: string, content: string, status = 200): Page => ({
  status,
  type: 'text/html; charset=utf-8',
  body: `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body>\n${content}\n</body></html>\n`,
})

export const redirectTo = (location: string): Page => ({
  status: 302,
  type: 'text/plain',
  body: '',
  headers: { location },
})

const home = htmlPage(
  'Weak shop',
  `<h1>Weak shop</h1><p>A deliberately weak site for trying Assayer out. Nothing here is real.</p>
<ul><li><a href="/admin/login">Staff</a></li><li><a href="/backup/">Files</a></li></ul>`,
)

const listing = htmlPage(
  'Index of /backup',
  `<h1>Index of /backup</h1><pre><a href="/">Parent Directory</a>
<a href="backup.sql">backup.sql</a>       2020-01-01 00:00  1.2K</pre>`,
)

const serverStatus = htmlPage(
  'Apache Status',
  `<h1>Apache Server Status for 127.0.0.1</h1><dl><dt>Server Version: Apache/2.2.15 (Unix)</dt>
<dt>Server uptime: 3 days 4 hours</dt><dt>Total accesses: 1027</dt></dl>`,
)

const phpInfo = htmlPage(
  'phpinfo()',
  `<h1 class="p">PHP Version 5.3.3</h1><table><tr><td class="e">System </td><td class="v">Linux weak-site (fake)</td></tr>
<tr><td class="e">Loaded Configuration File </td><td class="v">/etc/php.ini</td></tr></table>`,
)

/** The sign-in form, with `message` above it. */
export const loginForm = (message: string): Page =>
  htmlPage(
    'Administration - sign in',
    `<p>${message}</p><form method="post" action="/admin/login"><input name="username"><input name="password" type="password"><button>Sign in</button></form>`,
  )

export const stackTrace: Page = plainPage(`Traceback (most recent call last):
  File "/srv/weak-shop/app.py", line 42, in dispatch
    return handlers[path](request)
KeyError: 'no handler for this path'
`)

/** Ordinary pages that say too much. */
export const openPages: Record<string, Page> = {
  '/': home,
  '/backup/': listing,
  '/server-status': serverStatus,
  '/phpinfo.php': phpInfo,
  '/admin/login': loginForm('Welcome.'),
  '/admin/dashboard': htmlPage('Dashboard', '<a href="/admin/logout">Log out</a><p>Fake figures: 1027 orders.</p>'),
}
