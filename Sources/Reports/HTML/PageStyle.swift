/// The style sheet of a page.
enum PageStyle {
  static var text: String { [variables, layout, blocks, small, FigureStyle.page, print].joined(separator: "\n") }

  private static let lightSurface = "--surface:#f4f5f7;--line:#c9ccd1;--link:#0b5cad;--warn:#8a3a00;--focus:#0b5cad"
  private static let darkSurface = "--surface:#20232a;--line:#474b54;--link:#8cc4ff;--warn:#ffb870;--focus:#8cc4ff"

  /// The style of a piece of a page that isn't islet's: rules that hold inside of `.islet-answer` alone. The class is named twice to
  /// weigh more than what JupyterLab says of lists, tables and code in an output.
  static func fragment(hasFigure: Bool) -> String {
    let dark = "\(FigureStyle.variables(FigureStyle.dark));\(darkSurface)"
    return """
      .islet-answer.islet-answer{\(FigureStyle.variables(FigureStyle.light));\(lightSurface);--size:var(--jp-content-font-size1,1rem);
      max-width:48rem;color:var(--ink);font-family:\(FigureStyle.fonts);font-size:var(--size);line-height:1.5;
      \(blocks)
      \(hasFigure ? FigureStyle.page : "")
      @media (max-width:40rem){figure .wide{display:none}figure .small{display:block}}
      }
      [data-jp-theme-light="false"] .islet-answer.islet-answer,.vscode-dark .islet-answer.islet-answer{\(dark)}
      """
  }

  private static var variables: String {
    """
    :root{color-scheme:light dark;--size:1rem;\(FigureStyle.variables(FigureStyle.light));\(lightSurface)}
    @media screen and (prefers-color-scheme:dark){:root{\(FigureStyle.variables(FigureStyle.dark));\(darkSurface)}}
    """
  }

  private static var layout: String {
    """
    *{box-sizing:border-box}
    html{font-size:106.25%;-webkit-text-size-adjust:100%;text-size-adjust:100%}
    body{margin:0 auto;padding:1.5rem 1.25rem 3rem;max-width:48rem;background:var(--paper);color:var(--ink);font-family:\(FigureStyle.fonts);line-height:1.55;overflow-wrap:break-word;hyphens:manual}
    h1,h2,h3,h4,h5,h6{line-height:1.25;margin:1.8em 0 .5em;text-wrap:balance;scroll-margin-top:1rem}
    h1{font-size:1.9rem;margin:.4em 0 .2em}h2{font-size:1.4rem}h3{font-size:1.15rem}h4,h5,h6{font-size:1rem}
    h2{border-bottom:1px solid var(--line);padding-bottom:.2em}
    p{margin:.7em 0}a{color:var(--link);text-underline-offset:.15em}
    :focus-visible{outline:3px solid var(--focus);outline-offset:2px}
    .skip{position:absolute;left:-9999px}.skip:focus{left:1rem;top:1rem;background:var(--paper);padding:.5rem 1rem;z-index:2}
    .subtitle{color:var(--muted);margin:.2em 0}
    .use{border:1px solid var(--line);border-left:.3rem solid var(--warn);padding:.5rem .8rem;font-size:.92rem;background:var(--surface)}
    footer{margin-top:3rem;border-top:1px solid var(--line);color:var(--muted);font-size:.85rem}
    nav{margin:1.2rem 0;font-size:.95rem}nav summary{font-weight:600;cursor:pointer}nav ul{list-style:none;margin:.4rem 0;padding:0}nav .d1{padding-left:1.2rem}
    nav a{display:inline-block;padding:.15rem 0;text-decoration:none}nav a:hover{text-decoration:underline}
    """
  }

  private static var blocks: String {
    """
    code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Noto Sans Mono","DejaVu Sans Mono","Liberation Mono",monospace;font-size:.9em}
    pre{margin:0;background:none;word-break:normal;tab-size:4;line-height:1.45}
    :not(pre)>code{background:var(--surface);padding:.1em .3em;border-radius:.25em}
    .wraps pre,.typed pre{white-space:pre-wrap;overflow-wrap:anywhere}
    p.source{margin-top:-.2em}
    .scroll{overflow-x:auto;max-width:100%}
    .code,.typed,.error{background:var(--surface);border:1px solid var(--line);border-radius:.4rem;padding:.6rem .8rem;margin:.8rem 0}
    .code .info{display:block;color:var(--muted);font-size:calc(.8*var(--size));margin-bottom:.3rem}
    .typed{margin-bottom:0;border-left:.25rem solid var(--link)}
    .error{border-left:.25rem solid var(--warn)}
    .answer{border:1px solid var(--line);border-top:0;border-radius:0 0 .4rem .4rem;padding:.4rem .8rem .6rem}
    .answer>:first-child{margin-top:.3rem}
    .cell{margin:1.2rem 0}.cell .typed{border-radius:.4rem .4rem 0 0}
    blockquote{margin:.8rem 0;padding:.1rem 1rem;border-left:.25rem solid var(--line);color:var(--muted)}
    .notice{color:var(--muted);padding-left:.8rem;border-left:.2rem solid var(--line)}
    hr{border:0;border-top:1px solid var(--line);margin:2rem 0}
    table{border-collapse:collapse;font-size:calc(.92*var(--size));min-width:50%}
    th,td{text-align:left;vertical-align:top;padding:.35rem .8rem .35rem 0;border-bottom:1px solid var(--line)}
    th{font-weight:600}
    .rows{list-style:none;margin:.6rem 0;padding:0}
    .rows li{display:grid;grid-template-columns:1.7rem minmax(0,1fr) auto;column-gap:.5rem;padding:.22rem 0;border-bottom:1px solid var(--line)}
    .rows li:last-child{border-bottom:0}
    .rows .lead{grid-column:1;color:var(--muted);font-variant-numeric:tabular-nums}
    .rows .what{grid-column:2}.rows .detail{grid-column:2;grid-row:2;color:var(--muted);font-size:calc(.92*var(--size))}
    .rows .source{grid-column:3;grid-row:1}
    .source{font-size:calc(.85*var(--size));color:var(--muted);font-weight:400}
    .d1{margin-left:1.2rem}.d2{margin-left:2.4rem}.d3{margin-left:3.6rem}.d4,.d5,.d6{margin-left:4.8rem}nav .d1{margin-left:0}
    figure{margin:1.4rem 0;padding:.8rem;border:1px solid var(--line);border-radius:.4rem}
    figure .title{font-weight:600;margin:0 0 .5rem}figure .notes{font-size:calc(.92*var(--size));color:var(--muted)}figure .notes p{margin:.3rem 0}
    figure svg{display:block;width:100%;height:auto;max-width:45rem}figure .small{display:none}
    details summary{cursor:pointer}figure details{margin-top:.6rem;font-size:calc(.92*var(--size))}
    .cited{padding:.1rem .8rem;border-left:.2rem solid transparent;scroll-margin-top:1rem}.cited h3{margin:1.2em 0 .2em}.cited .id{color:var(--muted);font-weight:400}
    .cited:target{border-left-color:var(--link);background:var(--surface)}
    """
  }

  private static var small: String {
    """
    @media (max-width:40rem){
    body{padding:1rem .9rem 2rem}h1{font-size:1.55rem}h2{font-size:1.25rem}
    figure{padding:.6rem .4rem}figure .wide{display:none}figure .small{display:block}figure svg{max-width:26rem}
    .rows li{grid-template-columns:1.4rem minmax(0,1fr)}.rows .source{grid-column:2;grid-row:auto}
    .d1{margin-left:.7rem}.d2{margin-left:1.4rem}.d3,.d4,.d5,.d6{margin-left:2.1rem}
    }
    @media (forced-colors:active){.islet-figure{forced-color-adjust:none;background:var(--paper)}}
    """
  }

  /// Print: black on white, no shades that a printer lays as grey, nothing cut in two.
  private static var print: String {
    """
    @media print{
    @page{margin:18mm 16mm}
    :root{color-scheme:light;--ink:#000;--muted:#222;--paper:#fff;--surface:#fff;--line:#888;--link:#000;--warn:#000}
    html{font-size:10.5pt}body{max-width:none;padding:0}
    .skip,nav{display:none}figure,.rows li,tr,.cited,.typed{break-inside:avoid}h1,h2,h3,h4,.typed{break-after:avoid}
    .scroll{overflow:visible}pre{white-space:pre-wrap}
    figure .wide{display:block}figure .small{display:none}figure details:not([open]){display:none}
    a{text-decoration:none}
    svg{print-color-adjust:exact;-webkit-print-color-adjust:exact}
    }
    """
  }
}
