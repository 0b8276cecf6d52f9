// The sheet for restricted pages: beside style.css, whose colours and pieces it uses.
#include "app/ui/desk_pages.h"

namespace scrutineer::ui {

namespace {

constexpr std::string_view kStyle = R"css(:root{
--s0:#eef1f4;--t0:#46525f;--s1:#dbe9fb;--t1:#123f73;--s2:#b9d5f7;--t2:#0b2f58;--s3:#9cc3f2;--t3:#08264a;--s4:#ffd9a0;--t4:#5a2d00;
--s5:#ffc2b8;--t5:#6b1206;--s6:#e4d6fb;--t6:#43177d;--s7:#d3f0c4;--t7:#1d4a10;--s8:#15693f;--t8:#fff;--s9:#a5160f;--t9:#fff;
--hurry:#b3140a}
@media screen and (prefers-color-scheme:dark){:root{
--s0:#1c252f;--t0:#aab6c2;--s1:#16304d;--t1:#bcd9fb;--s2:#1d4270;--t2:#d5e7fd;--s3:#275791;--t3:#eaf3fe;--s4:#5a3a09;--t4:#ffdcab;
--s5:#611b12;--t5:#ffd3cb;--s6:#3f2468;--t6:#e6d8ff;--s7:#23461a;--t7:#d2f2c2;--s8:#8fe0b3;--t8:#06301b;--s9:#ff9c93;--t9:#430804;
--hurry:#ff8d80}}
.s0{background:var(--s0);color:var(--t0)}.s1{background:var(--s1);color:var(--t1)}.s2{background:var(--s2);color:var(--t2)}
.s3{background:var(--s3);color:var(--t3)}.s4{background:var(--s4);color:var(--t4)}.s5{background:var(--s5);color:var(--t5)}
.s6{background:var(--s6);color:var(--t6)}.s7{background:var(--s7);color:var(--t7)}.s8{background:var(--s8);color:var(--t8)}
.s9{background:var(--s9);color:var(--t9)}
.ds{display:inline-block;padding:.1rem .6rem;border-radius:1rem;font-size:.875rem;font-weight:600;white-space:nowrap}
.late{color:var(--hurry);font-weight:700;border:2px solid;border-radius:3px;padding:0 .35rem;font-size:.8125rem;white-space:nowrap}
[hidden]{display:none!important}
.who{max-width:72rem;margin:0 auto;padding:.25rem clamp(1rem,4vw,2rem) .5rem;display:flex;flex-wrap:wrap;gap:.25rem 1rem;
align-items:center;font-size:.9rem;color:var(--soft)}
.who .where{flex:1 1 14rem}.who b{color:var(--ink)}
.who form{margin:0}
button,select,input,textarea{font:inherit;min-height:2.75rem}
button{cursor:pointer}
.go{border:2px solid var(--link);min-height:2.75rem;padding:.6rem 1.4rem}
.go:hover,.call:hover{filter:brightness(1.12)}
.second,.quiet{display:inline-block;padding:.5rem 1.1rem;border:2px solid var(--link);background:var(--paper);color:var(--link);
border-radius:4px;font-weight:600;text-decoration:none}
[aria-pressed=true]{background:var(--link);color:var(--paper)}
.quiet{min-height:2rem;padding:.15rem .75rem;border-width:1px;font-weight:500}
.second:hover,.quiet:hover{text-decoration:underline}
.row,.acts{display:flex;flex-wrap:wrap;gap:.5rem .75rem;align-items:center}
.acts{margin-top:1rem}
.card{margin:1.25rem 0}
.narrow{max-width:40rem}
.msg{border-left:6px solid;padding:.6rem 1rem;margin:.75rem 0}
.msg.good{background:var(--okb);color:var(--ok)}
.msg.bad{background:var(--lookb);color:var(--look)}
.msg a,.msg code,.msg .fine{color:inherit}
.msg p{margin:.2rem 0}
#stale{max-width:72rem;margin:.75rem auto}
.mode .rd{display:inline-block;background:var(--ink);color:var(--paper);padding:.1rem .6rem;border-radius:3px;margin-right:.4rem}
input[type=text],textarea,select,input[type=file]{width:100%;max-width:40rem;padding:.5rem .7rem;border:2px solid var(--soft);
border-radius:4px;background:var(--paper);color:var(--ink)}
textarea[readonly]{background:var(--bg);max-width:none;font:.8125rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,
"Noto Sans Mono CJK KR",monospace;word-break:break-all}
.f{margin:.75rem 0}.f label{display:block;font-weight:600}.f input,.f textarea,.f select{display:block;margin-top:.25rem;font-weight:400}
.opt{color:var(--soft);font-weight:400;font-size:.875rem}
.two{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,17rem),1fr));gap:0 1.5rem}
.find{margin:1rem 0}
.find label{font-weight:600}
.find>div{display:flex;flex-wrap:wrap;gap:.5rem;margin:.25rem 0}
.find input{flex:1 1 14rem}
.card .facts{grid-template-columns:repeat(auto-fit,minmax(min(100%,15rem),1fr))}
.lines details{margin:-.35rem 0}
.empty{background:var(--paper);border:1px dashed var(--soft);padding:1.25rem;text-align:center;color:var(--soft)}
i.empty,td i{border:0;padding:0}
.todo{background:var(--paper);border:1px solid var(--line)}
.todo th,.todo td{padding:.55rem .75rem;vertical-align:middle;white-space:normal}
.todo .go,.todo .second{padding:.3rem .9rem;min-height:2.25rem}
.ehead{display:flex;flex-wrap:wrap;gap:.25rem 1rem;justify-content:space-between;align-items:baseline}
.ehead h2{margin:0}
.steps-line{display:flex;gap:.75rem;align-items:center;color:var(--soft);margin:0}
.dots{display:flex;gap:.35rem}
.dots i{width:1.6rem;height:.5rem;border-radius:.25rem;background:var(--line)}
.dots .was{background:var(--soft)}.dots .is{background:var(--link)}
.entry{max-width:52rem}
.fd{display:grid;grid-template-columns:minmax(0,1fr) 13rem;gap:.15rem 1.5rem;align-items:center;padding:.4rem 0;
border-bottom:1px solid var(--line)}
.fd label b{font-size:1.125rem}.fd label span{display:block;color:var(--soft);font-size:.9rem}
.fd input{font-size:1.5rem;font-weight:600;text-align:right;padding:.3rem .7rem;font-variant-numeric:tabular-nums}
.fd input.word{text-align:left;font-size:1.2rem}
.fd input:focus{background:var(--lookb)}
.wrong{border-left:6px solid var(--look);padding-left:.75rem}
.wrong input{border-color:var(--look)}
.why{grid-column:1/-1;color:var(--look);margin:0;font-weight:600}
.away{margin:.75rem 0}
.away>form{padding:.25rem 0 .5rem 1rem;border-left:3px solid var(--line)}
.again{border-top-color:var(--look)}
.again li{margin:.75rem 0}
.again form{margin:0}
.typeds{columns:22rem;column-gap:1.25rem}
.typed{margin:0 0 1.25rem;padding:1rem 1.25rem;break-inside:avoid}
.typed th b{font-weight:500}.typed td b{font-size:1.25rem}
.typed .second{padding:.1rem .75rem;min-height:2rem}
.mean{font-size:1.0625rem;border-left:4px solid var(--link);padding-left:.8rem;max-width:48rem}
.sign details label{font-size:.875rem;color:var(--soft);display:block}
.sign>button{display:block;margin:1rem 0 0}
.sign-with{margin:.75rem 0 0;padding:.5rem 1rem;border:1px solid var(--line);max-width:48rem}
.sign-with legend{font-weight:600;padding:0 .35rem}
.sign-way{display:flex;gap:.6rem;align-items:center;min-height:2.25rem}
input[type=radio],input[type=checkbox]{width:1.5rem;height:1.5rem;min-height:0;flex:none;margin:0}
.sign-field{margin:.25rem 0 .75rem}.sign-field label{display:block;font-weight:600}
.sign-field input:not([type=checkbox]){display:block;width:100%;max-width:24rem;padding:.5rem .7rem;border:2px solid var(--soft);border-radius:4px;
background:var(--paper);color:var(--ink)}
.sign-hint{display:block;color:var(--soft);font-size:.875rem}
.sign-status{min-height:1.6rem;margin:.4rem 0;font-weight:600}
@media(scripting:enabled){[data-sign-ui]{min-height:17rem}}
@media(scripting:enabled) and (max-width:34rem){[data-sign-ui]{min-height:22.5rem}}
[data-browser-key]{padding:.5rem 0}
[data-browser-key] button{padding:.5rem 1.1rem;border:2px solid var(--link);background:var(--paper);color:var(--link);border-radius:4px;font-weight:600}
@media(scripting:none){#pause,#keys-line{display:none}}
.keys label{display:flex;gap:.6rem;align-items:center}
.act{border-top-color:var(--link)}
.notyet{color:var(--look);font-weight:600}
.others{margin-top:2rem}
.plain{list-style:none;padding:0}
.words{display:grid;grid-template-columns:repeat(5,minmax(0,1fr));gap:.5rem;padding:0;list-style:none;counter-reset:w}
.words li{counter-increment:w;background:var(--bg);border:1px solid var(--line);padding:.4rem .8rem;font-size:1.6rem;font-weight:650;
line-height:1.3;word-break:keep-all}
.words li::before{content:counter(w);display:block;font-size:.8125rem;font-weight:400;color:var(--soft)}
.lines th[scope=row]{min-width:9rem}.lines{background:var(--paper)}.lines td{white-space:normal;min-width:5rem}.lines td.wide{min-width:12rem}
.lines details form{min-width:14rem}
.notetext{white-space:pre-wrap;word-break:break-all}
.wall header .top,.wall .who,.wall main{max-width:none;padding-left:clamp(.75rem,1.2vw,1.5rem);padding-right:clamp(.75rem,1.2vw,1.5rem)}
.wall .notes p{padding-top:.2rem;padding-bottom:.2rem}
.wall main{padding-top:.5rem;padding-bottom:.5rem}
.wall footer{display:none}.wall header{width:100%}
.wall .bhead h1{font-size:clamp(1.5rem,1.6vw,2rem)}
@media(min-width:75rem){.wall header{display:grid;grid-template-columns:auto minmax(0,1fr)}.wall .notes{grid-column:1/-1}.wall header .top,.wall .who{margin:0;padding-top:.2rem;
padding-bottom:.2rem}}
.bhead{display:flex;flex-wrap:wrap;gap:0 1.5rem;align-items:baseline}
.legend{display:flex;flex-wrap:wrap;gap:.4rem;list-style:none;padding:0;margin:.4rem 0}
.legend li{flex:1 1 7.5rem;padding:.25rem .7rem;border-radius:4px;line-height:1.2}
.legend b{display:block;font-size:clamp(1.4rem,1rem + 1.2vw,2.4rem)}
.legend .w,.cells .w{min-width:0}
.legend .w{font-size:.95rem;font-weight:600;white-space:nowrap}
.legend .lt{color:var(--hurry);background:var(--paper);box-shadow:inset 0 0 0 3px}
.legend .nil{box-shadow:none}.legend .nil b{font-weight:400}
.lates{margin:.3rem 0;font-size:1.125rem;line-height:1.45}
.lates b{color:var(--hurry)}.lates span{display:inline-block;margin-right:.8rem}
.r1{--rows:1}.r2{--rows:2}.r3{--rows:3}.r4{--rows:4}.r5{--rows:5}.r6{--rows:6}.r7{--rows:7}.r8{--rows:8}.r9{--rows:9}.r10{--rows:10}
.r11{--rows:11}.r12{--rows:12}.r13{--rows:13}.r14{--rows:14}.r15{--rows:15}.r16{--rows:16}.r17{--rows:17}.r18{--rows:18}.r19{--rows:19}.r20{--rows:20}
.r21{--rows:21}.r22{--rows:22}.r23{--rows:23}.r24{--rows:24}.r25{--rows:25}.r26{--rows:26}.r27{--rows:27}.r28{--rows:28}
.cells{list-style:none;padding:0;margin:.4rem 0;display:grid;gap:3px}
.cells li{position:relative;display:flex;gap:.35rem;align-items:center;border-radius:3px;padding:0 .35rem;line-height:1.15;overflow:hidden}
.cells i{color:inherit;font-weight:800;flex:none;text-align:center}
.cells .od{box-shadow:inset 0 0 0 3px var(--hurry)}
.cells .l8{position:absolute;left:0;bottom:0;background:var(--hurry);color:var(--paper);font-size:.6875rem;padding:0 .25rem;line-height:1.3}
.cells .w{font-size:.8125rem}
@media(min-width:48rem){.cells .w{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.cells .nm{overflow:hidden;display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;overflow-wrap:anywhere}
.d3,.d4{grid-template-columns:repeat(auto-fill,minmax(5.6rem,1fr));grid-auto-rows:1.8rem;font-size:.75rem}.d3 li,.d4 li{line-height:1.1;padding:0 .2rem;gap:.15rem}
.d3 i,.d4 i{font-size:1.05rem;width:1.05rem}.d3 .nm,.d4 .nm{letter-spacing:-.03em}.cells .od i{width:2.05rem;margin-bottom:.6rem;font-size:.9rem}
.d2{grid-template-columns:repeat(auto-fill,minmax(7rem,1fr));grid-auto-rows:2.6rem;font-size:.9rem}.d2 i{font-size:1.4rem;width:1.4rem}
.d1{grid-template-columns:repeat(auto-fill,minmax(10rem,1fr));grid-auto-rows:4rem;font-size:1.1rem}.d1 i{font-size:2rem;width:2rem}
.d0{grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));grid-auto-rows:6rem;font-size:1.35rem}.d0 i{font-size:2.6rem;width:2.6rem}}
@media(min-width:75rem){.wall .legend{display:grid;grid-template-columns:repeat(11,minmax(0,1fr))}
.wall .legend .w{white-space:normal;font-size:.875rem;line-height:1.15;display:block}}
@media(min-width:75rem) and (min-height:56rem){.wall .lates{white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.wall .cells:not(.d4){grid-auto-rows:min(6rem,calc((100vh - 20rem)/var(--rows) - 3px))}
.wall .d0{grid-template-columns:repeat(6,minmax(0,1fr))}.wall .d1{grid-template-columns:repeat(9,minmax(0,1fr))}
.wall .d2{grid-template-columns:repeat(14,minmax(0,1fr))}.wall .d3{grid-template-columns:repeat(20,minmax(0,1fr))}}
@media(max-width:47.99rem){.cells li{padding:.35rem .6rem;min-height:2.5rem}.cells i{width:1.4rem}.cells .nm{flex:1 1 auto;font-weight:600}
.cells .w{flex:none;max-width:45%;text-align:right}.cells .l8{position:static}}
.tm{width:1em;height:1em;flex:none}
.tm path{fill:none;stroke:currentColor;stroke-width:4.2;stroke-linecap:round}
.tm path.new{stroke:var(--hurry);stroke-width:5.5}
.tms{display:flex;flex-wrap:wrap;gap:.12em;align-items:center;line-height:1}
.marks td,.marks th{vertical-align:middle;white-space:normal}
.marks .no{display:inline-block;min-width:1.6em;font-weight:400;color:var(--soft)}
.marks .big{font-weight:700;white-space:nowrap}
.marks .now{background:var(--lookb)}
.marks td:nth-child(2){width:100%}
.marks th[scope=row]{min-width:min(16rem,30vw)}
.tms{font-size:1.5rem}
.wall .marks .big{padding-left:1rem;line-height:1}
@media(min-width:48rem){.wall .marks th[scope=row]{width:22vw;min-width:22vw}
.wall .few th[scope=row]{font-size:1.75vw;line-height:1.2}.wall .few .big{font-size:3.6vw}
.wall .some th[scope=row]{font-size:1.3vw;line-height:1.2}.wall .some .big{font-size:2.2vw}
.wall .many th[scope=row]{font-size:.9vw;line-height:1.1}.wall .many .big{font-size:1.2vw}
.wall .few td,.wall .few th{padding-top:.4rem;padding-bottom:.4rem}.wall .some td,.wall .some th{padding-top:.2rem;padding-bottom:.2rem}
.wall .many td,.wall .many th{padding-top:.05rem;padding-bottom:.05rem}
.wall .z0 .tms{font-size:5.4vw}.wall .z1 .tms{font-size:4.375vw}.wall .z2 .tms{font-size:3.54vw}.wall .z3 .tms{font-size:2.81vw}
.wall .z4 .tms{font-size:2.29vw}.wall .z5 .tms{font-size:1.875vw}.wall .z6 .tms{font-size:1.46vw}.wall .z7 .tms{font-size:1.04vw}
.wall .even tr{height:calc((100vh - 18rem)/var(--rows))}
.wall .marks{table-layout:fixed}.wall .cn{width:22vw}.wall .cv{width:11vw}}
.marks th[scope=row] .no{font-size:.8em}
@media(max-width:34rem){.wall .marks,.wall .marks tbody,.wall .marks tr{display:block}.wall .marks tr{display:grid;grid-template-columns:1fr auto;
border-bottom:1px solid var(--line)}.wall .marks th,.wall .marks td{border:0}.wall .marks td:nth-child(2){grid-row:2;grid-column:1/-1}
.wall .marks th{grid-column:1}.wall .marks td:nth-child(3){grid-row:1;grid-column:2}}
.lfacts{display:flex;flex-wrap:wrap;gap:.5rem 2.5rem;margin:.5rem 0;align-items:flex-end}
.lfacts dd{font-size:1.6rem;font-weight:700;line-height:1.2}
.lfacts .last{flex:1 1 16rem}.lfacts .last dd{color:var(--hurry)}
.wall .lfacts dd{font-size:clamp(1.5rem,3vw,3.4rem)}
.calls{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,18rem),1fr));gap:.75rem;margin:.75rem 0}
.call{display:flex;gap:.9rem;align-items:center;text-align:left;min-height:5rem;padding:.6rem 1rem;border:2px solid var(--link);
border-radius:6px;background:var(--paper);color:var(--ink)}
.call .no{flex:none;width:2.6rem;height:2.6rem;display:grid;place-items:center;border-radius:4px;background:var(--link);color:var(--paper);
font-size:1.4rem;font-weight:700}
.call .nm{flex:1;font-size:1.25rem}.call .sum{font-size:1.5rem;font-weight:700}
.call.inv{border-style:dashed}.call.inv .no{background:var(--half);color:var(--paper)}
.call.hit{background:var(--okb)}
kbd{border:1px solid;border-radius:3px;padding:0 .4rem;font:inherit;font-size:.875em}
@media(max-width:34rem){.fd{grid-template-columns:1fr}.words{grid-template-columns:1fr 1fr}.words li{font-size:1.25rem}
.todo,.todo tbody,.todo tr,.todo th,.todo td{display:block;border:0;padding:.2rem .75rem}.todo tr{border-bottom:1px solid var(--line);padding:.6rem 0}
.todo thead{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
.call{min-height:4rem}.legend li{flex-basis:40%}.legend .w{white-space:normal}}
@media(prefers-reduced-motion:no-preference){.call{transition:background-color .2s}}
@media print{.who form,.find,.acts,.away,.others{display:none}}
)css";

}  // namespace

std::string_view desk_style_sheet() {
  return kStyle;
}

}  // namespace scrutineer::ui
