/// What a page to play adds to the style of pages.
enum PlayStyle {
  static let text = """
    .unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
    button,input,select{font:inherit;color:inherit}
    button{background:var(--surface);border:1px solid var(--muted);border-radius:.4rem;padding:.5rem .9rem;cursor:pointer;text-align:left;min-height:2.75rem;max-width:100%}
    button:hover{border-color:var(--link)}
    button.first{background:var(--link);border-color:var(--link);color:var(--paper);font-weight:600}
    button .cost{color:var(--muted);font-size:.9em;margin-left:.5em}
    button:disabled{cursor:default}
    fieldset{border:1px solid var(--line);border-radius:.4rem;margin:1rem 0;padding:.6rem .9rem .9rem;min-width:0}
    legend{font-weight:600;padding:0 .3rem;max-width:100%}
    .step{scroll-margin-top:.5rem;margin-bottom:2rem}
    .step h2:focus,.feedback:focus,#play:focus{outline:none}
    .option{display:grid;grid-template-columns:auto minmax(0,1fr);gap:.6rem;align-items:baseline;padding:.4rem 0}
    .option input{width:1.15rem;height:1.15rem;margin:0;accent-color:var(--link);position:relative;top:.15rem}
    .option.share{grid-template-columns:minmax(0,1fr) 5.2rem 1.2rem}
    .option.share input{width:100%;height:auto;top:0}
    input[type=text],input[type=number],select{background:var(--paper);border:1px solid var(--muted);border-radius:.3rem;padding:.4rem .5rem;max-width:100%}
    .amount{display:flex;flex-wrap:wrap;gap:.6rem;align-items:baseline;margin:.5rem 0}
    .order{margin:.5rem 0;padding-left:1.6rem}
    .order li{padding:.25rem 0}
    .order .line{display:grid;grid-template-columns:minmax(0,1fr) auto auto;gap:.4rem;align-items:center}
    .order button{min-width:2.75rem;text-align:center;padding:.3rem}
    .menu{list-style:none;margin:.4rem 0;padding:0;display:grid;gap:.45rem}
    .menu button.taken{border-left:.3rem solid var(--link)}
    .result{border-left:.2rem solid var(--line);padding:.1rem 0 .1rem .8rem;margin:.4rem 0 .6rem .4rem}
    .result p:first-child{margin-top:.2em}
    .known{background:var(--surface);border:1px solid var(--line);border-radius:.4rem;padding:.3rem .9rem;margin:1rem 0}
    .known h3{margin:.5em 0 .2em}
    .feedback{background:var(--surface);border-left:.25rem solid var(--link);border-radius:.2rem;padding:.2rem .9rem;margin:1rem 0}
    .fault{color:var(--warn);font-weight:600}
    .chosen{font-weight:600}
    .buttons{display:flex;flex-wrap:wrap;gap:.6rem;margin:1rem 0}
    .total{font-size:1.5rem;font-weight:700}
    details.menu-of{margin:1rem 0}
    dialog{border:1px solid var(--line);border-radius:.5rem;background:var(--paper);color:var(--ink);max-width:min(44rem,calc(100vw - 1.5rem));max-height:85vh;overflow:auto;padding:1rem 1.2rem}
    dialog::backdrop{background:rgb(0 0 0/.5)}
    dialog h2{margin-top:0;font-size:1.15rem}
    @media (forced-colors:active){.feedback,.result,.menu button.taken{border-left-color:CanvasText}}
    @media print{
    button,.buttons,fieldset:not(.answered),.known,dialog,.ended .step:not(.end){display:none}
    .ended header .use{border:1px solid #888}
    }
    """
}
