/** The page's only style sheet: nothing is loaded, on screen and on paper (A4 and letter). */
export const style = `
:root{--ink:#1b2430;--soft:#5b6675;--line:#e3e7ec;--wash:#f6f8fa;--critical:#8f1239;--high:#d1382c;--medium:#b96a04;--low:#2f74c0;--info:#71808f;--unknown:#a3adb8;--ok:#1f7a4d}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;color-scheme:light}
body{margin:0;background:#eef1f4;color:var(--ink);font:15px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
main{max-width:62rem;margin:2rem auto;background:#fff;border:1px solid var(--line);border-radius:14px;overflow:hidden}
header,section,footer{padding:1.75rem 2.5rem}
section{border-top:1px solid var(--line)}
header{padding-top:2.25rem}
h1{font-size:2rem;line-height:1.2;margin:.35rem 0 .6rem;letter-spacing:-.02em}
h2{font-size:1.15rem;margin:0 0 1rem;letter-spacing:-.01em}
h3{font-size:1.05rem;margin:0;line-height:1.4}
h4{font-size:.75rem;text-transform:uppercase;letter-spacing:.06em;color:var(--soft);margin:1.1rem 0 .3rem}
p{margin:.3rem 0}
a{color:#1d5fa8;text-decoration-thickness:1px;text-underline-offset:2px}
code,pre{font:.86em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
code{overflow-wrap:anywhere}
pre{margin:.4rem 0;padding:.8rem 1rem;background:var(--wash);border:1px solid var(--line);border-radius:8px;white-space:pre-wrap;overflow-wrap:anywhere;max-height:28rem;overflow:auto}
.brand{font-size:.75rem;font-weight:600;text-transform:uppercase;letter-spacing:.09em;color:var(--soft)}
.lead{font-size:1.05rem}
.state{display:inline-block;padding:.1rem .7rem;border-radius:99px;font-size:.85rem;font-weight:650;color:#fff;background:var(--soft);margin-right:.5rem;vertical-align:.06em}
.state-completed{background:var(--ok)}.state-partial{background:var(--medium)}.state-failed,.state-cancelled{background:var(--high)}
.warning{margin-top:1rem;padding:.8rem 1rem;border-left:4px solid var(--medium);background:#fbf4e8;border-radius:0 8px 8px 0}
.overview{display:grid;grid-template-columns:minmax(0,3fr) minmax(0,2fr);gap:2.5rem;break-inside:avoid}
svg{display:block;width:100%;height:auto}
svg text{font:14px system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif;fill:var(--ink)}
svg .count{font-weight:650}
.fill-critical{fill:var(--critical)}.fill-high{fill:var(--high)}.fill-medium{fill:var(--medium)}.fill-low{fill:var(--low)}.fill-info{fill:var(--info)}.fill-unknown{fill:var(--unknown)}.track{fill:#eef1f4}
dl{display:grid;grid-template-columns:auto 1fr;gap:.35rem 1.1rem;margin:0;font-size:.92rem}
dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
table{width:100%;border-collapse:collapse;font-size:.93rem}
th{text-align:left;font-size:.75rem;text-transform:uppercase;letter-spacing:.06em;color:var(--soft);font-weight:600;padding:.4rem .8rem .4rem 0;border-bottom:1px solid var(--line)}
td{padding:.5rem .8rem .5rem 0;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
tr:last-child td{border-bottom:0}
td.number,th.number{text-align:right;padding-right:0;font-variant-numeric:tabular-nums;white-space:nowrap}
td.level{width:6.5rem}
td a{color:inherit;font-weight:550;text-decoration-color:#b8c2cc}
.badge{display:inline-block;min-width:4.9rem;text-align:center;padding:.08rem .5rem;border-radius:6px;font-size:.78rem;font-weight:650;color:#fff;text-transform:capitalize;background:var(--unknown)}
.badge-critical{background:var(--critical)}.badge-high{background:var(--high)}.badge-medium{background:var(--medium)}.badge-low{background:var(--low)}.badge-info{background:var(--info)}
.good{color:var(--ok)}.bad{color:var(--high)}
article{border:1px solid var(--line);border-left-width:5px;border-radius:10px;padding:1.15rem 1.4rem;margin:0 0 1rem}
.edge-critical{border-left-color:var(--critical)}.edge-high{border-left-color:var(--high)}.edge-medium{border-left-color:var(--medium)}.edge-low{border-left-color:var(--low)}.edge-info{border-left-color:var(--info)}.edge-unknown{border-left-color:var(--unknown)}
.title{display:flex;gap:.8rem;align-items:baseline}
.ids{color:var(--soft);font-size:.86rem;margin-top:.35rem;overflow-wrap:anywhere}
.prose{white-space:pre-line;overflow-wrap:anywhere}
ul{margin:.2rem 0;padding-left:1.1rem}
.places{list-style:none;padding:0}
.places>li{padding:.4rem 0;border-top:1px solid var(--line)}
.places>li:first-child{border-top:0}
.note{display:inline-block;margin-left:.5rem;padding:0 .5rem;border-radius:99px;background:var(--wash);border:1px solid var(--line);font-size:.8rem;color:var(--soft)}
.results{color:var(--soft);font-size:.9rem}
details{margin:.2rem 0;font-size:.9rem}
summary{cursor:pointer;color:var(--soft)}
footer{border-top:1px solid var(--line);background:var(--wash);color:var(--soft);font-size:.85rem}
@media(max-width:44rem){main{margin:0;border:0;border-radius:0}header,section,footer{padding-left:1.2rem;padding-right:1.2rem}.overview{grid-template-columns:1fr;gap:1.5rem}}
@page{size:auto;margin:16mm 14mm}
@media print{body{background:#fff;font-size:10pt}main{max-width:none;margin:0;border:0;border-radius:0}header,section,footer{padding-left:0;padding-right:0}section{padding-top:1.1rem;padding-bottom:1.1rem}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}h2,h3,h4,.title{break-after:avoid}tr,.warning,svg,.places>li>code{break-inside:avoid}.places>li>code,summary{break-after:avoid}.overview{grid-template-columns:1fr 1fr;gap:1.5rem}td{padding-top:.3rem;padding-bottom:.3rem}thead{display:table-header-group}
pre{max-height:none;overflow:visible}details::details-content{content-visibility:visible;block-size:auto}summary{list-style:none}a{color:inherit}}
`
