/// What plays a table in a page. It looks up and adds; `PlayTable` says what stands where.
enum PlayScript {
  static let text = #"""
    "use strict";
    (() => {
    const T = JSON.parse(document.getElementById("table").textContent), W = T.words;
    const course = document.getElementById("course"), told = document.getElementById("told");
    let state, day, spent, earned, answers, deeds, log, hints, count;

    const fill = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => name in values ? values[name] : all);
    function make(name, attributes, ...inside) {
      const element = document.createElement(name);
      for (const [key, value] of Object.entries(attributes || {})) {
        if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
        else if (value === true) element.setAttribute(key, "");
        else if (value !== false && value !== undefined) element.setAttribute(key, value);
      }
      element.append(...inside);
      return element;
    }
    // Pieces of a list, rows side by side in one list; {name} is a value, and a share from 1000 on the reader's own.
    function pieces(list, values = {}, shares = []) {
      const whole = document.createDocumentFragment();
      for (const place of T.lists[list]) {
        const template = document.createElement("template");
        template.innerHTML = fill(T.pieces[place], values).replace(/\b100(\d)%/g, (all, n) => n in shares ? shares[n] + "%" : all);
        const rows = template.content.firstElementChild, last = whole.lastElementChild;
        if (rows?.matches("ul.rows") && last?.matches("ul.rows")) last.append(...rows.children);
        else whole.append(template.content);
      }
      return whole;
    }
    function rows(list) {
      return make("ul", {class: "rows"}, ...list.map(([mark, text, detail]) => make("li", {},
        make("span", {class: "lead"}, mark), " ", make("span", {class: "what"}, text), ...(detail ? [" ", make("span", {class: "detail"}, detail)] : []))));
    }
    function say(text) {
      told.textContent = "";
      setTimeout(() => { told.textContent = text; }, 50);
    }
    function step(title, kind) {
      const head = make("h2", {tabindex: "-1"}, title);
      const section = make("section", {class: "step " + (kind || "")}, head);
      course.append(section);
      return section;
    }
    // Who reads comes to the new part; nothing moves by itself.
    function arrive(section) {
      section.querySelector("h2").focus({preventScroll: true});
      section.scrollIntoView({block: "start"});
    }
    const button = (text, act, first) => make("button", {type: "button", class: first ? "first" : "", onclick: act}, text);
    const shell = (text) => make("p", {class: "notice"}, text + " ", make("code", {}, W.command));

    function begin() {
      course.replaceChildren();
      document.body.classList.remove("ended");
      [state, day, spent, earned, answers, deeds, log, count] = [null, 0, 0, 0, [], [], [], 0];
      const section = step(W.about);
      section.append(pieces(T.introduction), shell(W.more));
      const go = button(W.begin, () => { go.parentElement.remove(); goTo(T.start); }, true);
      section.append(make("div", {class: "buttons"}, go));
      return section;
    }

    function goTo(place) {
      const [kind, said, what, ...next] = T.nodes[place];
      hints = 0;
      const section = step(kind === "act" ? W.turn : kind === "over" ? W.over : kind === "pause" ? W.on : fill(W.question, {n: ++count}), kind === "over" ? "end" : kind);
      section.append(pieces(said));
      if (kind === "pause") continues(section, what);
      else if (kind === "ask") ask(section, T.items[what], next);
      else if (kind === "command") command(section, T.items[what], next);
      else if (kind === "act") { state = what; act(section, next[0]); }
      else end(section, T.ends[what]);
      arrive(section);
    }
    function continues(section, place) {
      const go = button(W.goOn, () => { go.parentElement.remove(); goTo(place); }, true);
      section.append(make("div", {class: "buttons"}, go));
      return go;
    }
    function helper(list) {
      const box = make("div", {class: "buttons"}), shown = make("div", {tabindex: "-1"});
      function offer() {
        box.replaceChildren();
        if (hints >= list.length) return;
        const [said, cost] = list[hints];
        box.append(button(fill(W.hint, {cost}), () => {
          spent += cost;
          hints += 1;
          log.push([W.hintDone, fill(W.cost, {cost})]);
          const text = make("div", {class: "result"}, pieces(said));
          shown.append(text);
          say(text.textContent);
          offer();
          standing();
          (box.querySelector("button") || shown).focus();
        }));
      }
      offer();
      return make("div", {class: "hints"}, shown, box);
    }

    // MARK: Items
    function ask(section, item, next) {
      const form = {one, some, words: some, shares, order, number}[item.kind](item);
      const fault = make("p", {class: "fault", role: "alert"});
      const field = make("fieldset", {}, make("legend", {}, item.text), ...(item.manner ? [make("p", {class: "notice"}, item.manner)] : []), ...form.parts);
      const help = helper(item.hints);
      const send = button(W.answer, () => {
        const given = form.read();
        if (given.fault) { fault.textContent = given.fault; form.focus(); return; }
        const reply = item.replies[given.key];
        if (!reply) { fault.replaceChildren(W.shell + " ", make("code", {}, W.command)); return; }
        fault.remove();
        send.remove();
        help.remove();
        field.disabled = true;
        field.classList.add("answered");
        answered(section, item, given.said, reply[0], pieces(reply[1], {}, given.shares), next.length > 1 ? next[reply[2]] : next[0], () => pieces(reply[3], {}, given.shares));
      }, true);
      field.append(fault, send);
      section.append(field, help);
    }
    function answered(section, item, said, credit, feedback, place, again) {
      earned += credit;
      answers.push({item, said, credit, again});
      log.push([item.text + " → " + said, fill(W.day, {day})]);
      const box = make("div", {class: "feedback", tabindex: "-1"}, feedback);
      section.append(box);
      continues(section, place);
      box.focus({preventScroll: true});
      box.scrollIntoView({block: "nearest"});
      say(box.textContent);
    }
    let names = 0;
    function options(item, type) {
      const name = "q" + ++names;
      return item.choices.map((text, place) => {
        const input = make("input", {type, name, id: name + "-" + place, value: place});
        return {input, text, line: make("div", {class: "option"}, input, make("label", {for: input.id}, text))};
      });
    }
    function one(item) {
      const list = options(item, "radio");
      return {parts: list.map((o) => o.line), focus: () => list[0].input.focus(), read() {
        const place = list.findIndex((o) => o.input.checked);
        return place < 0 ? {fault: W.choose} : {key: "" + place, said: item.choices[place]};
      }};
    }
    function some(item) {
      const list = options(item, "checkbox");
      return {parts: list.map((o) => o.line), focus: () => list[0].input.focus(), read() {
        const chosen = list.map((o, place) => o.input.checked ? place : -1).filter((place) => place >= 0);
        if (!chosen.length) return {fault: W.choose};
        if (item.most && chosen.length > item.most) return {fault: fill(W.most, {n: item.most})};
        return {key: chosen.join(","), said: chosen.map((place) => item.choices[place]).join(", ")};
      }};
    }
    // The surest first; of equal shares the one filled in first.
    function shares(item) {
      const filled = [];
      const list = item.choices.map((text, place) => {
        const id = "q" + ++names;
        const input = make("input", {type: "number", id, min: 0, max: 100, step: 1, inputmode: "numeric", "aria-describedby": id + "u", oninput() {
          if (!filled.includes(place)) filled.push(place);
        }});
        return {input, place, line: make("div", {class: "option share"}, make("label", {for: id}, text), input, make("span", {id: id + "u"}, "%", make("span", {class: "unseen"}, " " + W.share)))};
      });
      return {parts: list.map((o) => o.line), focus: () => list[0].input.focus(), read() {
        if (list.some((o) => o.input.validity.badInput)) return {fault: W.shareRange};
        const given = list.filter((o) => o.input.value !== "").map((o) => ({place: o.place, share: Number(o.input.value)}));
        if (!given.length) return {fault: W.choose};
        if (given.some((g) => !Number.isInteger(g.share) || g.share < 0 || g.share > 100)) return {fault: W.shareRange};
        if (given.reduce((sum, g) => sum + g.share, 0) > 100) return {fault: W.shareSum};
        given.sort((a, b) => b.share - a.share || filled.indexOf(a.place) - filled.indexOf(b.place));
        return {key: given.map((g) => g.place).join(","), shares: given.map((g) => g.share), said: given.map((g) => item.choices[g.place] + " " + g.share + "%").join(", ")};
      }};
    }
    function order(item) {
      const places = item.choices.map((text, place) => place), list = make("ol", {class: "order"});
      function move(place, by) {
        const at = places.indexOf(place), to = at + by;
        if (to < 0 || to >= places.length) return;
        places.splice(at, 1);
        places.splice(to, 0, place);
        draw();
        list.querySelector(`[data-place="${place}"] [data-by="${by}"]`).focus();
        say(fill(W.place, {text: item.choices[place], n: to + 1}));
      }
      function draw() {
        list.replaceChildren(...places.map((place) => {
          const text = item.choices[place];
          const arrow = (by, sign, words) => make("button", {type: "button", "data-by": by, "aria-label": fill(words, {text}), onclick: () => move(place, by)}, sign);
          return make("li", {"data-place": place}, make("span", {class: "line"}, make("span", {}, text), arrow(-1, "↑", W.up), arrow(1, "↓", W.down)));
        }));
      }
      draw();
      return {parts: [list], focus: () => list.querySelector("button").focus(), read: () => ({key: places.join(","), said: places.map((place) => item.choices[place]).join(", ")})};
    }
    // A decimal number in millionths; null where it is none.
    function millionths(text) {
      const found = /^([+-]?)(\d{1,9})(?:[.,](\d{1,6})0*)?$/.exec(text.trim());
      return found && (found[1] === "-" ? -1 : 1) * Number(found[2] + (found[3] || "").padEnd(6, "0"));
    }
    function number(item) {
      const id = "q" + ++names, units = item.numbers;
      const input = make("input", {type: "text", id, inputmode: "decimal", size: 8, autocomplete: "off", "aria-label": W.number});
      const unit = units.length > 1 ? make("select", {"aria-label": W.unit}, make("option", {value: ""}, "–"), ...units.map(([name], place) => make("option", {value: place}, name))) : null;
      return {parts: [make("div", {class: "amount"}, input, unit || units[0][0])], focus: () => input.focus(), read() {
        const value = millionths(input.value);
        if (value === null) return {fault: W.noNumber};
        if (unit && unit.value === "") return {fault: W.unitFirst};
        const [name, ...ranges] = units[unit ? Number(unit.value) : 0];
        const range = ranges.find(([low, high]) => low <= value && value <= high);
        return {key: range ? range[2] : "other", said: (input.value.trim() + " " + name).trim()};
      }};
    }

    // MARK: Deeds
    const words = (choice) => choice[2] === "against" ? fill(W.left, {text: choice[1]}) : choice[1];
    function menu(list, pressed) {
      return make("ul", {class: "menu"}, ...list.map((place) => {
        const choice = T.choices[place], result = make("div", {});
        const press = button(choice[1], () => pressed(place, press, result));
        if (choice[2] === "test") press.append(make("span", {class: "cost"}, fill(W.cost, {cost: choice[3]})));
        press.dataset.choice = place;
        return make("li", {}, press, result);
      }));
    }
    function pay(place) {
      const choice = T.choices[place];
      spent += choice[3];
      deeds.push(place);
      log.push([words(choice), [fill(W.day, {day}), choice[3] ? fill(W.cost, {cost: choice[3]}) : ""].filter(Boolean).join(" · ")]);
    }
    function command(section, item, commands) {
      const field = make("fieldset", {}, make("legend", {}, item.text)), help = helper(item.hints);
      const found = (place) => { for (let at = 0; at < commands.length; at += 4) if (commands[at] === place) return commands.slice(at, at + 4); };
      field.append(menu(item.menu, (place, press, result) => {
        const entry = found(place);
        if (!entry) { result.replaceChildren(shell(W.shell)); say(result.textContent); return; }
        pay(place);
        field.disabled = true;
        field.classList.add("answered");
        for (const line of [...field.querySelectorAll("li")]) if (!line.contains(press)) line.remove();
        help.remove();
        const told = {spent};
        answered(section, item, T.choices[place][1], entry[2], pieces(entry[1], told), entry[3], () => pieces(entry[1], told));
      }));
      section.append(field, help);
    }
    let standing = () => {};
    function act(section, phase) {
      const known = make("div", {class: "known"}), fields = [];
      standing = () => {
        const [patient, now] = T.states[state];
        day = now;
        known.replaceChildren(make("h3", {}, W.known), pieces(patient), make("p", {class: "notice"}, fill(W.standing, {day, spent})));
      };
      standing();
      function pressed(place, press, result) {
        const moves = T.states[state];
        let at = 2 + T.acts.length;
        while (at < moves.length && moves[at] !== place) at += 3;
        if (at >= moves.length) result.replaceChildren(shell(W.shell));
        else {
          pay(place);
          state = moves[at + 1];
          result.replaceChildren(pieces(moves[at + 2] , {spent}));
          press.classList.add("taken");
          standing();
        }
        result.className = "result";
        say(result.textContent);
      }
      section.append(known, helper(T.acts[phase]));
      for (const group of ["test", "treatment", "time", "against"]) {
        const list = T.choices.map((choice, place) => place).filter((place) => T.choices[place][2] === group);
        if (!list.length) continue;
        const field = make("fieldset", {}, make("legend", {}, {test: W.tests, treatment: W.treatment, time: W.time, against: W.against}[group]), menu(list, pressed));
        fields.push(field);
        section.append(field);
      }
      const more = shell(W.more);
      const done = button(W.done, () => {
        const place = T.states[state][2 + phase];
        for (const field of fields) {
          for (const line of [...field.querySelectorAll("li")]) if (!line.querySelector(".taken")) line.remove();
          if (!field.querySelector("li")) field.remove();
          field.disabled = true;
          field.classList.add("answered");
        }
        section.querySelector(".hints .buttons")?.remove();
        more.remove();
        known.remove();
        done.parentElement.remove();
        standing = () => {};
        goTo(place);
      }, true);
      section.append(more, make("div", {class: "buttons"}, done));
    }

    // MARK: The end
    function end(section, [points, caps, lines, [home, best, reading], stages, needed]) {
      const marks = T.marks, n = answers.length;
      const economy = (T.economies[points[2]].find(([most]) => spent <= most) || [0, 0])[1];
      const above = marks.reasonings[n].findIndex((least) => earned >= least);
      const reasoning = above < 0 ? 0 : marks.weight - above;
      const band = marks.bands[n].filter((least) => earned >= least).length;
      const sum = points[0] + reasoning + points[1] + economy;
      const cap = caps[band] < 0 ? null : marks.caps[caps[band]];
      const total = cap ? Math.min(sum, cap[0]) : sum;
      const right = answers.filter((a) => a.credit === 1000000).length;
      Object.assign(section.dataset, {total, goal: points[0], reasoning, safety: points[1], economy});
      document.body.classList.add("ended");
      section.append(
        make("p", {class: "total"}, fill(marks.total, {total})), ...(cap && cap[0] < sum ? [make("p", {}, cap[1])] : []),
        pieces(lines[0]), pieces(marks.row, {points: reasoning, right, answers: n}), pieces(lines[1]), pieces(lines[2], {points: economy, spent}));
      const lists = [...section.querySelectorAll("ul.rows")].slice(-4);
      lists.slice(1).forEach((list) => { lists[0].append(...list.children); list.remove(); });
      const wrong = answers.find((a) => a.credit !== 1000000);
      section.append(make("h3", {}, W.home), pieces(home >= 0 ? home : wrong ? wrong.item.home : marks.aim), pieces(best));
      section.append(make("div", {class: "buttons"}, button(W.again, () => arrive(begin()), true), button(W.print, () => window.print())));
      section.append(make("h2", {}, W.debrief), make("h3", {}, W.course), rows(log.map(([text, detail]) => ["·", text, detail])), make("h3", {}, W.questions));
      for (const {item, said, credit, again} of answers) {
        section.append(rows([[credit === 1000000 ? "✓" : credit ? "~" : "✗", item.text, said]]), make("div", {class: "result"}, again()));
      }
      section.append(pieces(stages[0]), pieces(stages[1]), pieces(stages[2]));
      const others = deeds.filter((place, at) => T.choices[place][2] === "test" && T.choices[place][3] && (!needed.includes(place) || deeds.indexOf(place) < at));
      if (others.length) section.append(make("h3", {}, marks.unneeded), rows(others.map((place) => ["·", T.choices[place][1], fill(W.cost, {cost: T.choices[place][3]})])));
      section.append(pieces(marks.spent, {spent}), pieces(stages[3]), pieces(reading));
      say(fill(marks.total, {total}));
    }

    // MARK: Sources
    const dialog = document.getElementById("source");
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a.cite");
      if (!link) return;
      const article = document.getElementById(link.getAttribute("href").slice(1));
      if (!article) return;
      event.preventDefault();
      document.getElementById("source-title").textContent = article.dataset.title;
      document.getElementById("source-text").replaceChildren(...article.cloneNode(true).childNodes);
      if (!dialog.open) dialog.showModal();
      dialog.scrollTop = 0;
    });
    begin();
    })();
    """#
}
