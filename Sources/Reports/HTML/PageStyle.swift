/// The style sheet of a page.
enum PageStyle {
  /// - Parameters:
  ///   - title: runs at the head of each printed page but the first.
  ///   - use: runs at the foot of each printed page.
  static func text(title: String, use: String) -> String {
    [variables, layout, blocks, small, FigureStyle.page, print, margins(title: title, use: use)].joined(separator: "\n")
  }

  private static let lightSurface = "--surface:#f4f5f7;--line:#c9ccd1;--link:#0b5cad;--warn:#8a3a00;--focus:#0b5cad"
  private static let darkSurface = "--surface:#20232a;--line:#474b54;--link:#8cc4ff;--warn:#ffb870;--focus:#8cc4ff"

  /// The style of a piece of a page that isn't islet's: rules that hold inside of `.islet-answer` alone. The class is named twice to
  /// weigh more than what JupyterLab says of lists, tables and code in an output.
  static var fragment: String {
    let dark = "\(FigureStyle.variables(FigureStyle.dark));\(darkSurface)"
    return """
      .islet-answer.islet-answer{\(FigureStyle.variables(FigureStyle.light));\(lightSurface);--size:var(--jp-content-font-size1,1rem);
      max-width:48rem;color:var(--ink);font-family:\(FigureStyle.fonts);font-size:var(--size);line-height:1.5;
      \(blocks)
      \(FigureStyle.page)
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
    nav{margin:1.2rem 0;font-size:.95rem}nav p,nav summary{font-weight:600;margin:0}nav summary{cursor:pointer;padding:.2rem 0}
    nav ul{list-style:none;margin:.4rem 0;padding:0}nav .d1{padding-left:1.2rem}
    nav a{display:inline-block;padding:.2rem 0;text-decoration:none}nav a:hover{text-decoration:underline}
    nav.aside{display:none}
    @media screen and (min-width:77em){
    body.beside{display:grid;max-width:69rem;grid-template-columns:15rem minmax(0,48rem);column-gap:3.5rem}
    .beside>*{grid-column:2}.beside>.folded{display:none}
    .beside>nav.aside{display:block;grid-column:1;grid-row:1/span 4;align-self:start;position:sticky;top:1.5rem;margin:0;max-height:calc(100vh - 3rem);overflow-y:auto;font-size:.88rem;line-height:1.4}
    }
    """
  }

  private static var blocks: String {
    """
    code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Noto Sans Mono","DejaVu Sans Mono","Liberation Mono",monospace;font-size:.9em}
    pre{margin:0;background:none;word-break:normal;tab-size:4;line-height:1.45}
    :not(pre)>code{background:var(--surface);padding:.1em .3em;border-radius:.25em}.whole{white-space:nowrap}
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
    .rows .what,.rows .detail{grid-column:2}.rows .detail{color:var(--muted);font-size:calc(.92*var(--size))}
    .rows span.source{grid-column:3;grid-row:1}.rows .lead.badged{grid-column:2}
    .source{font-size:calc(.85*var(--size));color:var(--muted);font-weight:400}
    .rows li{position:relative}.rows .w1{padding-right:4.4em}.rows .w2{padding-right:6.6em}.rows .w3{padding-right:9.4em}.rows .w4{padding-right:12em}
    details.source{grid-column:2}details.source summary{color:var(--link);text-decoration:underline dotted;text-underline-offset:.2em;list-style:none;padding:.15rem 0;min-height:24px}
    details.source summary::-webkit-details-marker{display:none}.rows details.source summary{position:absolute;top:.22rem;right:0;max-width:12em;text-align:right}
    figcaption details.source summary{display:inline-block}
    .passage{margin:.4rem 0;padding:.1rem .8rem;border-left:.2rem solid var(--link);background:var(--surface);color:var(--ink);font-size:var(--size)}.passage p{margin:.4em 0}
    .label{color:var(--muted);font-size:calc(.85*var(--size));margin-right:.4em}.label::after{content:":"}
    .badge{display:inline-block;border:1px solid currentColor;border-radius:.3em;padding:0 .4em;font-size:calc(.85*var(--size));line-height:1.5;color:var(--ink);white-space:nowrap}
    .badge.do{border-left:.35em solid var(--c2)}.badge.consider{border-left:.35em solid var(--c0)}.badge.caution,.badge.disputed{border-left:.35em solid var(--c1)}.badge.avoid{border:2px solid var(--c1)}.badge.investigational{border-style:dashed}
    .said{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
    .back{font-size:calc(.85*var(--size));color:var(--muted)}.back a{display:inline-block;min-width:24px;text-align:center;padding:.15rem .2rem}
    :target{scroll-margin-top:3rem}details:target>summary,a.cite:target{background:var(--surface);outline:2px solid var(--focus)}
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
    body{padding:1rem .9rem 2rem}h1{font-size:1.55rem}h2{font-size:1.25rem}main ul,main ol{padding-left:1.3rem}main .rows{padding-left:0}
    figure{padding:.6rem .4rem}figure .wide{display:none}figure .small{display:block}figure svg{max-width:26rem}
    .rows li,.rows .w1,.rows .w2,.rows .w3,.rows .w4{grid-template-columns:1.4rem minmax(0,1fr);padding-right:0}.rows span.source,.rows details.source{grid-column:2;grid-row:auto}
    .rows details.source summary{position:static;text-align:left;max-width:none}
    .d1{margin-left:.7rem}.d2{margin-left:1.4rem}.d3,.d4,.d5,.d6{margin-left:2.1rem}
    }
    @media (forced-colors:active){.islet-figure{forced-color-adjust:none;background:var(--paper)}}
    """
  }

  /// Print: black on white, no shades that a printer lays as grey, nothing cut in two.
  private static var print: String {
    """
    @media print{
    :root{color-scheme:light;--ink:#000;--muted:#222;--paper:#fff;--surface:#fff;--line:#888;--link:#000;--warn:#000}
    html{font-size:10pt}body{max-width:none;padding:0}p,li{orphans:3;widows:3}
    .skip,nav,footer,.back,#commands,.passage{display:none}figure,.rows li,tr,.typed,.error,.use,pre{break-inside:avoid}
    h1,h2,h3,h4,h5,h6,.typed,.answer>p:first-child,figcaption,p.title,p.source{break-after:avoid}.d0+.d1,.d1+.d2,.d2+.d3{break-before:avoid}.rows li:first-child{break-after:avoid}.rows li:last-child{break-before:avoid}
    thead{display:table-header-group}.scroll{overflow:visible}pre{white-space:pre-wrap}.answer{box-decoration-break:clone;-webkit-box-decoration-break:clone}
    figure .wide{display:block}figure .small{display:none}figure svg{max-height:200mm}figure details:not([open]){display:none}
    a,details.source summary{text-decoration:none}main a[href^="http"]::after{content:" (" attr(href) ")"}
    svg{print-color-adjust:exact;-webkit-print-color-adjust:exact}
    }
    """
  }

  /// The margins of a printed page: the title at its head, at its foot the intended use and the page's number.
  private static func margins(title: String, use: String) -> String {
    let words = "font:7.5pt \(FigureStyle.fonts);color:#222"
    return """
      @page{margin:20mm 17mm 22mm;
      @top-left{content:"\(string(title))";\(words)}
      @bottom-left{content:"\(string(use))";\(words);text-align:left;width:85%}
      @bottom-right{content:counter(page) " / " counter(pages);\(words)}
      }
      @page:first{@top-left{content:none}}
      """
  }

  /// A text within the quotes of a style sheet, of which nothing ends the string or the sheet.
  private static func string(_ text: String) -> String {
    Display.safe(text).unicodeScalars.reduce(into: "") { result, scalar in
      let isPlain = scalar.properties.isAlphabetic || scalar.properties.numericType != nil || " .,;:()+-·".unicodeScalars.contains(scalar)
      result += isPlain ? String(Character(scalar)) : "\\" + String(scalar.value, radix: 16) + " "
    }
  }
}
