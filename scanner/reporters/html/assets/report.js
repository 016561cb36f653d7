"use strict";
// The page of one report. Foreign text is only ever set as text; the page's policy forbids everything else.
// A spot is [file, first line, last line, first column, mark's start, mark's end, the first line where it had to be cut].
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const { findings, rules, files } = data;
  const SEVERITIES = ["info", "low", "medium", "high", "critical"];
  const ROW = 62; // pixels, as the style sheet has it
  const AROUND = 8; // rows drawn beyond what is seen
  const FULL_PRINTED = 200;
  const ENDS = 5; // steps shown at either end of a long flow
  const LONG = 14;
  const byId = (id) => document.getElementById(id);
  const list = byId("list");
  const rows = byId("rows");
  const detail = byId("detail");
  const search = byId("text");

  const el = (name, kind, ...children) => {
    const node = document.createElement(name);
    if (kind) node.className = kind;
    for (const child of children) if (child || child === 0) node.append(child);
    return node;
  };
  const plural = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
  const pathOf = (spot) => files[spot[0]].path;
  const placeOf = (spot) => `${pathOf(spot)}:${spot[1]}`;
  const exactly = (spot) => `${placeOf(spot)}:${spot[3]}`;
  const main = (finding) => finding.steps[finding.primary].at;
  const statusOf = (finding) => (finding.gone ? finding.gone : finding.suppression ? "suppressed" : "open");

  // ---- filters -------------------------------------------------------------------------------------------------------------------------------

  const haystacks = new Map();
  const haystack = (finding) => {
    let known = haystacks.get(finding);
    if (known === undefined) {
      const rule = rules[finding.rule];
      const parts = [rule.title, rule.id, finding.message, placeOf(main(finding)), finding.symbol, finding.fingerprint];
      parts.push(...rule.cwe.map((number) => `CWE-${number}`), ...finding.steps.map((step) => pathOf(step.at)));
      if (finding.judgement) parts.push(finding.judgement.rationale);
      known = parts.join("\n").toLowerCase();
      haystacks.set(finding, known);
    }
    return known;
  };

  const chosen = { text: "", severities: new Set(), status: "open", verdict: "", state: "", rule: "", file: "" };
  let shown = [];
  let current = -1;

  const passes = (finding, words) =>
    (chosen.status === "" || statusOf(finding) === chosen.status) &&
    (chosen.severities.size === 0 || chosen.severities.has(finding.severity)) &&
    (chosen.verdict === "" || finding.outcome === chosen.verdict) &&
    (chosen.state === "" || finding.state === chosen.state) &&
    (chosen.rule === "" || rules[finding.rule].id === chosen.rule) &&
    (chosen.file === "" || finding.steps.some((step) => pathOf(step.at).toLowerCase().includes(chosen.file))) &&
    words.every((word) => haystack(finding).includes(word));

  const narrowed = () =>
    chosen.text || chosen.severities.size || chosen.status !== "open" || chosen.verdict || chosen.state || chosen.rule || chosen.file;

  const filter = () => {
    const selected = shown[current];
    const words = chosen.text.toLowerCase().split(/\s+/).filter(Boolean);
    shown = findings.filter((finding) => passes(finding, words));
    byId("count").textContent = shown.length === findings.length ? plural(shown.length, "finding") : `${shown.length.toLocaleString("en")} of ${plural(findings.length, "finding")}`;
    byId("clear").hidden = !narrowed();
    rows.style.height = `${Math.max(shown.length, 1) * ROW}px`;
    const kept = shown.indexOf(selected);
    choose(kept >= 0 ? kept : shown.length ? 0 : -1, { scroll: kept < 0 });
    draw();
  };

  const counted = (key) => {
    const counts = new Map();
    for (const finding of findings) {
      const value = key(finding);
      if (value) counts.set(value, (counts.get(value) || 0) + 1);
    }
    return counts;
  };

  const options = (select, first, pairs) => {
    select.append(new Option(first, ""));
    for (const [value, label] of pairs) select.append(new Option(label, value));
  };

  const setUpFilters = () => {
    const bySeverity = counted((finding) => SEVERITIES[finding.severity]);
    for (const name of [...SEVERITIES].reverse()) {
      if (!bySeverity.has(name)) continue;
      const chip = el("button", `chip ${name}`, name, el("span", "number", bySeverity.get(name).toLocaleString("en")));
      chip.type = "button";
      chip.setAttribute("aria-pressed", "false");
      chip.addEventListener("click", () => {
        const level = SEVERITIES.indexOf(name);
        const on = !chosen.severities.delete(level);
        if (on) chosen.severities.add(level);
        chip.setAttribute("aria-pressed", String(on));
        filter();
      });
      byId("severities").append(chip);
    }
    const pairs = (key, order) =>
      [...counted(key)].sort((one, other) => (order ? order.indexOf(one[0]) - order.indexOf(other[0]) : other[1] - one[1])).map(([value, number]) => [value, `${value} (${number.toLocaleString("en")})`]);
    options(byId("status"), `all (${findings.length.toLocaleString("en")})`, pairs(statusOf, ["open", "suppressed", "fixed", "not looked at again"]));
    if (![...byId("status").options].some((option) => option.value === "open")) chosen.status = "";
    byId("status").value = chosen.status;
    options(byId("verdict"), "any", pairs((finding) => finding.outcome, ["confirmed", "undecided", "refuted", "not looked at"]));
    options(byId("state"), "any", pairs((finding) => finding.state));
    options(byId("rule"), "any", pairs((finding) => rules[finding.rule].id));
    byId("verdict-label").hidden = !data.triaged;
    byId("state-label").hidden = !data.compared;
    for (const name of ["status", "verdict", "state", "rule"]) {
      byId(name).addEventListener("change", (event) => {
        chosen[name] = event.target.value;
        filter();
      });
    }
    const paths = [...new Set(findings.map((finding) => pathOf(main(finding))))].sort();
    byId("paths").append(...paths.slice(0, 1000).map((path) => new Option(path)));
    byId("file").addEventListener("input", (event) => {
      chosen.file = event.target.value.toLowerCase();
      filter();
    });
    search.addEventListener("input", () => {
      chosen.text = search.value;
      filter();
    });
    byId("filters").addEventListener("submit", (event) => event.preventDefault());
    byId("clear").addEventListener("click", () => {
      Object.assign(chosen, { text: "", severities: new Set(), status: "open", verdict: "", state: "", rule: "", file: "" });
      byId("filters").reset();
      for (const chip of document.querySelectorAll(".chip")) chip.setAttribute("aria-pressed", "false");
      byId("status").value = "open";
      filter();
      list.focus();
    });
  };

  // ---- the list ------------------------------------------------------------------------------------------------------------------------------

  const badge = (severity) => el("span", `severity ${SEVERITIES[severity]}`, SEVERITIES[severity]);
  const UNSAID = new Set(["not looked at", "persisting", "not comparable"]); // in the list; a finding's own page says them
  const tags = (finding, brief) => {
    const said = [];
    if (data.triaged && !finding.gone) said.push(el("span", `tag ${finding.outcome.replaceAll(" ", "-")}`, finding.outcome));
    if (finding.state) said.push(el("span", `tag state-${finding.state.replaceAll(" ", "-")}`, finding.state));
    if (finding.suppression && finding.outcome !== "refuted") said.push(el("span", "tag", "suppressed"));
    return brief ? said.filter((one) => !UNSAID.has(one.textContent)) : said;
  };

  const row = (finding, index) => {
    const spot = main(finding);
    const path = pathOf(spot);
    const cut = path.lastIndexOf("/") + 1;
    const where = el("span", "where", el("span", "folder", path.slice(0, cut)), el("span", "name", `${path.slice(cut)}:${spot[1]}`));
    const node = el("div", `row ${SEVERITIES[finding.severity]}`, el("div", "top", el("span", "title", rules[finding.rule].title), badge(finding.severity)), el("div", "bottom", where, ...tags(finding, true)));
    node.setAttribute("role", "option");
    node.id = `row-${index}`;
    node.title = exactly(spot);
    node.setAttribute("aria-setsize", shown.length);
    node.setAttribute("aria-posinset", index + 1);
    node.setAttribute("aria-selected", String(index === current));
    node.style.top = `${index * ROW}px`;
    node.addEventListener("click", () => {
      choose(index, { scroll: false });
      open();
    });
    return node;
  };

  const draw = () => {
    const top = rows.getBoundingClientRect().top;
    const frame = list.getBoundingClientRect();
    const from = Math.max(frame.top, 0);
    const to = Math.min(Math.max(frame.bottom, from), window.innerHeight);
    const first = Math.max(0, Math.floor((from - top) / ROW) - AROUND);
    const last = Math.min(shown.length, Math.ceil((to - top) / ROW) + AROUND);
    const drawn = [];
    for (let index = first; index < last; index += 1) drawn.push(row(shown[index], index));
    if (current >= 0 && (current < first || current >= last)) drawn.push(row(shown[current], current));
    if (!shown.length) drawn.push(el("p", "empty", findings.length ? "No finding passes these filters." : "No findings."));
    rows.replaceChildren(...drawn);
    if (current >= 0) list.setAttribute("aria-activedescendant", `row-${current}`);
    else list.removeAttribute("aria-activedescendant");
  };

  let waiting = false;
  const redraw = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      draw();
    });
  };

  const intoView = () => {
    const line = rows.getBoundingClientRect().top + current * ROW;
    const frame = list.getBoundingClientRect();
    const scroller = list.scrollHeight > list.clientHeight + 1 ? list : document.scrollingElement;
    const from = scroller === list ? frame.top : 0;
    const to = scroller === list ? frame.bottom : window.innerHeight;
    if (line < from) scroller.scrollTop += line - from;
    else if (line + ROW > to) scroller.scrollTop += line + ROW - to;
  };

  const choose = (index, { scroll = true } = {}) => {
    const changed = shown[index] !== shown[current] || index !== current;
    current = index;
    if (scroll && current >= 0) intoView();
    if (changed || !detail.hasChildNodes()) show(shown[current]);
    for (const node of rows.children) node.setAttribute("aria-selected", String(node.id === `row-${current}`));
    if (current >= 0) list.setAttribute("aria-activedescendant", `row-${current}`);
  };

  const move = (by) => {
    if (!shown.length) return;
    choose(Math.min(Math.max(current + by, 0), shown.length - 1));
    draw();
  };

  // ---- one finding ---------------------------------------------------------------------------------------------------------------------------

  const codeLine = (number, kind, ...content) => el("div", `line ${kind}`, el("span", "gutter", String(number)), el("span", "text", ...content));

  const indentation = (lines) => {
    const known = lines.filter((line) => line.trim()).map((line) => line.length - line.trimStart().length);
    return known.length ? Math.min(...known) : 0;
  };

  const codeAt = (spot, around) => {
    const known = files[spot[0]].lines;
    const frame = el("div", "code");
    frame.tabIndex = 0;
    frame.setAttribute("role", "group");
    frame.setAttribute("aria-label", `Code at ${placeOf(spot)}`);
    const last = Math.min(spot[2], spot[1] + 11);
    const lines = [];
    for (let number = spot[1] - around; number <= last + around; number += 1) {
      const text = number === spot[1] && spot[6] !== undefined ? spot[6] : known[number];
      if (text !== undefined) lines.push([number, text]);
    }
    const cut = Math.min(indentation(lines.map(([, text]) => text)), spot[4] ?? Infinity);
    for (const [number, text] of lines) {
      if (number === spot[1] && spot[4] !== undefined) {
        const end = Math.max(spot[5], spot[4]);
        frame.append(codeLine(number, "hit", text.slice(cut, spot[4]), el("mark", "", text.slice(spot[4], end)), text.slice(end)));
      } else {
        const within = number > spot[1] && number <= spot[2];
        frame.append(codeLine(number, within ? "hit" : "", text.slice(cut)));
      }
    }
    if (last < spot[2]) frame.append(codeLine("…", "", `to line ${spot[2]}`));
    return frame.hasChildNodes() ? frame : null;
  };

  const quoted = (citation) => {
    const frame = el("div", "code quote");
    const cut = indentation(citation.quote);
    citation.quote.forEach((text, index) => frame.append(codeLine(citation.at[1] + index, "", text.slice(cut))));
    return frame;
  };

  const section = (title, kind, ...content) => el("section", kind, el("h3", "", title), ...content);
  const paragraphs = (text) => text.split(/\n+/).filter(Boolean).map((line) => el("p", "", line));
  const definitions = (pairs) => el("dl", "facts", ...pairs.filter(([, value]) => value).map(([name, value]) => el("div", "", el("dt", "", name), el("dd", "", value))));

  const citations = (items) =>
    el("ol", "citations", ...items.map((item) => el("li", "", el("p", "", el("span", "place", placeOf(item.at)), el("span", "quiet", ` ${item.part}`)), quoted(item), item.note && el("p", "quiet", item.note))));

  const verdict = (finding) => {
    const { judgement } = finding;
    if (finding.outcome === "not looked at") {
      if (!data.triaged || finding.gone) return null;
      const why = judgement && judgement.ground ? `: ${judgement.ground}` : "";
      return section("Verdict", "verdict not-looked-at", el("p", "", `No model looked at this finding${why}. It is the static engines' word.`));
    }
    const content = [el("p", "ruling", el("strong", "", judgement.verdict), judgement.ground && ` ${judgement.ground}`), ...paragraphs(judgement.rationale)];
    if (judgement.needs) content.push(definitions([["severity", judgement.severity], ...judgement.needs]));
    if (judgement.arguments) {
      const sides = judgement.arguments.map((side) => el("div", "side", el("h4", "", `One side: ${side.side}`), ...paragraphs(side.rationale), side.citations.length ? citations(side.citations) : null));
      content.push(el("div", "sides", ...sides));
    }
    if (judgement.citations.length) content.push(el("h4", "", "Evidence"), citations(judgement.citations));
    const by = judgement.models ? judgement.models.join(", ") : "";
    content.push(el("p", "quiet small", [by && `By ${by}`, judgement.cached ? "known from an earlier run" : judgement.spent].filter(Boolean).join("; ")));
    return section("Verdict", `verdict ${finding.outcome.replaceAll(" ", "-")}`, ...content);
  };

  const flowStep = (finding, step, index) => {
    const node = el("li", `step ${step.role}`, el("p", "", el("span", "role", step.role), el("span", "place", exactly(step.at)), index === finding.primary && el("span", "quiet", " shown here")), step.note && el("p", "note", step.note), codeAt(step.at, 1));
    node.tabIndex = -1;
    node.value = index + 1;
    return node;
  };

  const flow = (finding, everything) => {
    const { steps } = finding;
    if (steps.length < 2) return null;
    const held = el("ol", "flow");
    const hidden = !everything && steps.length > LONG ? steps.length - 2 * ENDS : 0;
    const append = (from, to, before) => {
      for (let index = from; index < to; index += 1) held.insertBefore(flowStep(finding, steps[index], index), before);
    };
    append(0, hidden ? ENDS : steps.length, null);
    if (hidden) {
      const more = el("li", "between", el("button", "", `Show ${plural(hidden, "step")} between`));
      more.firstChild.type = "button";
      more.firstChild.addEventListener("click", () => {
        append(ENDS, steps.length - ENDS, more);
        more.remove();
      });
      held.append(more);
      append(steps.length - ENDS, steps.length, null);
    }
    const paths = new Set(steps.map((step) => pathOf(step.at)));
    const length = el("span", "quiet", ` ${plural(steps.length, "step")} through ${plural(paths.size, "file")}`);
    const walk = el("span", "walk", button("Previous step", "p", () => step(-1)), button("Next step", "n", () => step(1)));
    return el("section", "flowed", el("h3", "", "Flow", length, everything ? null : walk), held);
  };

  const button = (label, key, action) => {
    const node = el("button", "", label, el("kbd", "", key));
    node.type = "button";
    node.addEventListener("click", action);
    return node;
  };

  const step = (by) => {
    const steps = [...detail.querySelectorAll(".step")];
    if (!steps.length) return;
    const at = steps.findIndex((node) => node.classList.contains("current"));
    const next = Math.min(Math.max(at < 0 ? (by > 0 ? 0 : steps.length - 1) : at + by, 0), steps.length - 1);
    if (at >= 0) steps[at].classList.remove("current");
    steps[next].classList.add("current");
    steps[next].focus({ preventScroll: true });
    steps[next].scrollIntoView({ block: "center" });
  };

  const blocks = (items) =>
    items.map((block) => {
      if (block.code) return el("pre", "code", block.code.join("\n"));
      const words = block.words.map((words, index) => (index % 2 ? el("code", "", words) : words));
      return el("p", block.mark ? "item" : "", block.mark && el("span", "bullet", /\d/.test(block.mark) ? block.mark : "•"), ...words);
    });

  const link = (url, label) => {
    const node = el("a", "", label);
    node.href = url;
    node.rel = "noreferrer noopener";
    return node;
  };

  const about = (finding, rule) => {
    const parts = [];
    if (rule.why.length) parts.push(section("Why it matters", "help", ...blocks(rule.why)));
    if (rule.fix.length) parts.push(section("How to fix it", "help", ...blocks(rule.fix)));
    if (rule.links.length) parts.push(section("See also", "help", el("ul", "links", ...rule.links.map((url) => el("li", "", link(url, url))))));
    return parts;
  };

  const content = (finding, everything) => {
    const rule = rules[finding.rule];
    const spot = main(finding);
    const cwe = el("span", "", ...rule.cwe.flatMap((number, index) => [index ? ", " : "", link(`https://cwe.mitre.org/data/definitions/${number}.html`, `CWE-${number}`)]));
    const parts = [
      el("p", "lead", badge(finding.severity), ...tags(finding)),
      el("h2", "", rule.title),
      el("p", "at", el("span", "place", exactly(spot)), finding.symbol && el("span", "quiet", ` in ${finding.symbol}`)),
    ];
    if (finding.message.trim().replace(/\.$/, "").toLowerCase() !== rule.title.toLowerCase()) parts.push(...paragraphs(finding.message));
    if (finding.gone) {
      const fixed = "This finding is gone: the earlier scan had it, this one does not. Its place is that of the earlier scan.";
      const unseen = "The earlier scan had this finding. Its file was not looked at this time, so nothing says that it is fixed.";
      parts.push(el("p", "notice", finding.gone === "fixed" ? fixed : unseen));
    }
    const { suppression } = finding;
    if (suppression && finding.outcome !== "refuted") {
      const where = suppression.at ? ` at ${placeOf(suppression.at)}` : suppression.kind === "inSource" ? " in the code" : " outside the code";
      parts.push(el("div", "notice", el("p", "", el("strong", "", "Suppressed"), where), ...paragraphs(suppression.why || "No reason given.")));
    }
    if (finding.steps.length < 2 || finding.primary !== finding.steps.length - 1) parts.push(codeAt(spot, 2));
    parts.push(verdict(finding), flow(finding, everything));
    if (finding.related) parts.push(section("Related", "", el("ol", "flow related", ...finding.related.map((location) => el("li", "step", el("p", "", el("span", "place", exactly(location.at))), location.note && el("p", "note", location.note), codeAt(location.at, 0))))));
    if (finding.suspicion) parts.push(section("Hint", "", ...paragraphs(finding.suspicion)));
    if (!everything) parts.push(...about(finding, rule));
    const known = [["rule", rule.id], ["weakness", cwe], ["confidence", finding.confidence], ["data", finding.trust], ["found by", finding.engines.join(", ")], ["also", finding.also && finding.also.join(", ")], ["fingerprint", finding.fingerprint]];
    parts.push(section("Details", "", definitions(known)));
    return parts;
  };

  const show = (finding) => {
    const back = button("Back to the list", "Esc", close);
    back.classList.add("back");
    if (finding) detail.replaceChildren(back, ...content(finding, false).filter(Boolean));
    else detail.replaceChildren(back, el("p", "empty", "Nothing to show."));
    detail.scrollTop = 0;
    uncover();
    if (finding) history.replaceState(null, "", `#${encodeURIComponent(finding.fingerprint)}`);
  };

  // Long lines start at their beginning; where that hides the marked part, the frame is scrolled to it.
  const uncover = () => {
    for (const mark of detail.querySelectorAll(".code mark")) {
      const frame = mark.closest(".code");
      const over = mark.getBoundingClientRect().left - frame.getBoundingClientRect().left + Math.min(mark.offsetWidth, 160) - frame.clientWidth;
      if (over > 0 && frame.clientWidth) frame.scrollLeft = over + 20;
    }
  };

  const open = () => {
    document.body.classList.add("reading");
    uncover();
    detail.focus({ preventScroll: true });
  };

  const close = () => {
    document.body.classList.remove("reading");
    list.focus({ preventScroll: true });
    draw();
  };

  // ---- views, theme, keys --------------------------------------------------------------------------------------------------------------------

  const tabs = [...document.querySelectorAll('[role="tab"]')];
  const view = (tab) => {
    for (const one of tabs) {
      const on = one === tab;
      one.setAttribute("aria-selected", String(on));
      one.tabIndex = on ? 0 : -1;
      byId(one.getAttribute("aria-controls")).hidden = !on;
    }
    document.body.classList.remove("reading");
    document.body.dataset.view = tab.id;
    redraw();
  };
  const browsing = () => document.body.dataset.view === "tab-findings";

  const themes = ["system", "light", "dark"];
  let theme = 0;
  byId("theme").addEventListener("click", () => {
    theme = (theme + 1) % themes.length;
    if (theme) document.documentElement.dataset.theme = themes[theme];
    else delete document.documentElement.dataset.theme;
    byId("theme").textContent = `Theme: ${themes[theme]}`;
  });

  const keys = {
    j: () => move(1),
    k: () => move(-1),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    PageDown: () => move(10),
    PageUp: () => move(-10),
    Home: () => move(-shown.length),
    End: () => move(shown.length),
    n: () => step(1),
    p: () => step(-1),
    Enter: open,
  };
  const inList = new Set(["ArrowDown", "ArrowUp", "PageDown", "PageUp", "Home", "End", "Enter"]);

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || byId("help").open) return;
    const typing = event.target.matches("input, select, textarea");
    if (event.key === "Escape") {
      if (typing || document.body.classList.contains("reading") || detail.contains(document.activeElement)) {
        event.preventDefault();
        close();
      }
      return;
    }
    if (event.target === search && event.key === "ArrowDown") {
      event.preventDefault();
      list.focus();
      return;
    }
    if (typing || !browsing()) return;
    if (event.key === "/") {
      event.preventDefault();
      search.focus();
      search.select();
    } else if (event.key === "?") byId("help").showModal();
    else if (keys[event.key] && (!inList.has(event.key) || event.target === list || event.target === document.body)) {
      event.preventDefault();
      keys[event.key]();
    }
  });

  byId("keys").addEventListener("click", () => byId("help").showModal());
  byId("close-help").addEventListener("click", () => byId("help").close());

  tabs.forEach((tab, index) => {
    tab.addEventListener("click", () => view(tab));
    tab.addEventListener("keydown", (event) => {
      const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!by) return;
      const next = tabs[(index + by + tabs.length) % tabs.length];
      view(next);
      next.focus();
    });
  });

  // ---- paper ---------------------------------------------------------------------------------------------------------------------------------

  window.addEventListener("beforeprint", () => {
    const full = shown.slice(0, FULL_PRINTED).map((finding) => el("article", "detail", ...content(finding, true).filter(Boolean)));
    const rest = shown.slice(FULL_PRINTED);
    const lines = rest.map((finding) => el("li", "", `${SEVERITIES[finding.severity]}: ${rules[finding.rule].title}, ${exactly(main(finding))}`));
    byId("print").replaceChildren(...full, ...(rest.length ? [el("h2", "", `${plural(rest.length, "more finding")}`), el("ol", "", ...lines)] : []));
  });
  window.addEventListener("afterprint", () => byId("print").replaceChildren());

  document.addEventListener("scroll", redraw, { capture: true, passive: true });
  window.addEventListener("resize", redraw);

  setUpFilters();
  view(tabs[0]);
  const wanted = decodeURIComponent(location.hash.slice(1));
  filter();
  const linked = wanted ? shown.findIndex((finding) => finding.fingerprint === wanted) : -1;
  if (linked > 0) {
    choose(linked);
    draw();
  }
  performance.mark("casemate-ready");
})();
