/** The page's only style sheet: light and dark, wide and narrow, and on paper. */
export const style = `
:root{color-scheme:light dark;--ink:light-dark(#1b2430,#dfe5ec);--soft:light-dark(#5b6675,#93a0b0);--line:light-dark(#e3e7ec,#2a333f);--wash:light-dark(#f6f8fa,#171d25);--paper:light-dark(#fff,#0f141a);--link:light-dark(#1d5fa8,#7db4f0)}
*{box-sizing:border-box}
html{scroll-padding-top:1rem;-webkit-text-size-adjust:100%}
body{margin:0;display:grid;grid-template-columns:19rem minmax(0,1fr);background:var(--paper);color:var(--ink);font:15px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
nav{position:sticky;top:0;height:100vh;overflow:auto;padding:1.5rem 1rem;border-right:1px solid var(--line);background:var(--wash);font-size:.87rem}
nav ul{list-style:none;margin:.2rem 0 .8rem;padding:0}
nav li a{display:flex;gap:.55rem;padding:.22rem .4rem;border-radius:6px;color:inherit;text-decoration:none;line-height:1.35}
nav li a:hover{background:var(--line)}
nav summary{font-weight:650;padding:.2rem .4rem;color:var(--ink)}
nav .method{min-width:3.1rem;font-size:.62rem;line-height:1.35rem;height:1.35rem;padding:0 .3rem;flex:none}
.brand{font-size:1.05rem;font-weight:700;margin:0 .4rem 1rem}.brand a{color:inherit;text-decoration:none}
main{padding:2.5rem 3rem 6rem;max-width:64rem}
h1{font-size:2rem;line-height:1.2;margin:0 0 1rem;letter-spacing:-.02em}
h2{font-size:1.4rem;margin:3.5rem 0 1rem;letter-spacing:-.01em}
h3{font-size:1.02rem;margin:0 0 .6rem;line-height:1.5}
h4{font-size:.72rem;text-transform:uppercase;letter-spacing:.07em;color:var(--soft);margin:1.3rem 0 .35rem}
p{margin:.4rem 0}
a{color:var(--link);text-decoration-thickness:1px;text-underline-offset:2px}
code,pre{font:.87em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
code{overflow-wrap:anywhere}
p code,td code{background:var(--wash);border:1px solid var(--line);border-radius:4px;padding:.02em .28em}
pre{margin:.4rem 0;padding:.8rem 1rem;background:var(--wash);border:1px solid var(--line);border-radius:8px;overflow:auto;max-height:26rem}
article{border:1px solid var(--line);border-radius:12px;padding:1.4rem 1.6rem;margin:0 0 1.3rem}
article:target{border-color:var(--link);box-shadow:0 0 0 1px var(--link)}
.lead{font-size:1.12rem;font-weight:600}
.method{display:inline-block;min-width:4rem;text-align:center;padding:.1rem .5rem;border-radius:6px;font-size:.72rem;font-weight:700;color:#fff;text-transform:uppercase;background:#5b6675}
.method-get{background:#23699f}.method-post{background:#1f7a4d}.method-patch,.method-put{background:#9a5b00}.method-delete{background:#b3261e}
table{width:100%;border-collapse:collapse;font-size:.92rem}
th{text-align:left;font-size:.72rem;text-transform:uppercase;letter-spacing:.06em;color:var(--soft);font-weight:600;padding:.3rem .8rem .3rem 0;border-bottom:1px solid var(--line)}
td{padding:.42rem .8rem .42rem 0;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:break-word}
td code{overflow-wrap:break-word}
td:first-child{white-space:nowrap;width:1%}
tr:last-child td{border-bottom:0}
.soft{color:var(--soft);font-size:.88em}
.good{color:light-dark(#1f7a4d,#5fc492);font-weight:650}.bad{color:light-dark(#b3261e,#f0837c);font-weight:650}
summary{cursor:pointer;color:var(--soft);margin-top:.4rem}
a:focus-visible,summary:focus-visible{outline:2px solid var(--link);outline-offset:2px}
@media(max-width:56rem){body{display:block}nav{position:static;height:auto;max-height:40vh;border-right:0;border-bottom:1px solid var(--line)}main{padding:1.5rem 1.1rem 4rem}article{padding:1rem}table{display:block;overflow-x:auto}}
@media print{body{display:block}nav{display:none}main{max-width:none;padding:0}article{break-inside:avoid}pre{max-height:none;white-space:pre-wrap}}
`
