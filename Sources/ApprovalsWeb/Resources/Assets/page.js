// Comfort for the approvals page: everything here is an addition to plain links and forms.
(() => {
  "use strict";
  const root = document.documentElement;
  const body = document.body;
  root.classList.add("js");
  if (body.dataset.ended !== undefined) return;

  const csrf = body.dataset.csrf;
  const tab = Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
  const byId = (id) => document.getElementById(id);
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
  const wide = matchMedia("(min-width: 1100px)");
  let leaving = false;
  let finished = false;
  let navigation = 0;

  // Talking to the server

  const fields = (entries) => {
    const data = new URLSearchParams(entries);
    data.set("csrf", csrf);
    data.set("tab", tab);
    return data;
  };
  const ask = async (path, entries = {}) => {
    const answer = await fetch(path, { method: "POST", body: fields(entries) });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  };
  const announce = (text) => {
    const region = byId("announce");
    region.textContent = "";
    setTimeout(() => { region.textContent = text; }, 50);
  };

  // Swapping parts of the page

  const replace = (fresh, id) => {
    const old = byId(id);
    const now = fresh.getElementById(id);
    if (!old || !now) return false;
    old.replaceWith(document.adoptNode(now));
    return true;
  };

  const swap = (text, url, { part, focus = "keep", push = true } = {}) => {
    const fresh = new DOMParser().parseFromString(text, "text/html");
    if (fresh.body.dataset.ended !== undefined) {
      finished = true;
      document.title = fresh.title;
      body.replaceChildren(...fresh.body.childNodes);
      body.className = "";
      byId("main").querySelector("[data-focus]").focus();
      return;
    }
    if (!fresh.body.dataset.csrf) { location.reload(); return; }
    const scrolled = byId("list")?.scrollTop ?? 0;
    const focused = document.activeElement?.id;
    const caret = document.activeElement?.selectionStart;
    document.title = fresh.title;
    if (part === "detail" && byId("detail") && fresh.getElementById("detail")) {
      const panes = document.querySelector(".panes");
      panes.className = fresh.querySelector(".panes").className;
      replace(fresh, "detail");
      markCurrent();
    } else if (part === "list" && byId("rows") !== undefined && fresh.getElementById("list") && byId("list")) {
      replace(fresh, "list");
    } else {
      replace(fresh, "main");
    }
    replace(fresh, "top");
    const list = byId("list");
    if (list && part !== "list") list.scrollTop = scrolled;
    const address = new URL(url, location.href);
    address.searchParams.delete("told");
    if (push && address.href !== location.href) history.pushState({}, "", address);
    dress();
    const told = document.querySelector("[data-told]");
    if (told) announce(told.textContent.trim());
    if (focus === "keep" && focused && byId(focused)) {
      const element = byId(focused);
      element.focus({ preventScroll: true });
      if (caret != null && element.setSelectionRange && element.type !== "radio" && element.type !== "checkbox") {
        try { element.setSelectionRange(caret, caret); } catch { /* not a text field */ }
      }
    } else if (focus !== "none") {
      const target = document.querySelector("#main [data-focus]") ?? byId("detail-title") ?? byId("main");
      target.focus({ preventScroll: wide.matches });
      if (!wide.matches) window.scrollTo(0, 0);
    }
    document.querySelector(".row > a[aria-current]")?.scrollIntoView({ block: "nearest" });
  };

  const visit = async (url, options = {}) => {
    const mine = ++navigation;
    body.classList.add("busy");
    try {
      const answer = await fetch(url, { headers: { Accept: "text/html" } });
      const text = await answer.text();
      if (mine !== navigation) return;
      if (answer.status === 401) { lost(); return; }
      swap(text, answer.url, options);
    } catch { missed(); } finally { if (mine === navigation) body.classList.remove("busy"); }
  };

  const send = async (form, button) => {
    const mine = ++navigation;
    const data = fields(new FormData(form, button));
    if (form.dataset.kept !== undefined) {
      const there = new Set(data.getAll("id"));
      for (const id of kept) if (!there.has(id)) data.append("id", id);
    }
    if (form.getAttribute("action") === "/people/import/begin" && !button?.hasAttribute("formaction")) kept.clear();
    const action = button?.getAttribute("formaction") ?? form.action;
    body.classList.add("busy");
    const words = button?.innerHTML;
    if (button) { button.disabled = true; if (form.dataset.busy) button.textContent = form.dataset.busy; }
    try {
      const answer = await fetch(action, { method: "POST", body: data });
      const text = await answer.text();
      if (answer.status === 409) { byId("elsewhere").hidden = false; return; }
      if (answer.status === 401) { lost(); return; }
      if (mine !== navigation) return;
      const stays = !answer.redirected;
      swap(text, stays ? location.href : answer.url, { push: !stays, focus: form.dataset.live !== undefined ? "keep" : "move" });
    } catch { missed(); } finally {
      body.classList.remove("busy");
      if (button?.isConnected) { button.disabled = false; if (form.dataset.busy) button.innerHTML = words; }
    }
  };

  // What scripts add to a fresh piece of page

  const dress = () => {
    keepChosen();
    for (const element of all("[data-help][hidden], [data-all][hidden], [data-another][hidden], [data-copy][hidden], [data-print][hidden]")) element.hidden = false;
    for (const time of all("time")) {
      const moment = new Date(time.dateTime);
      if (Number.isNaN(moment.getTime()) || time.dataset.dressed) continue;
      time.dataset.dressed = "";
      time.title = time.textContent;
      time.textContent = time.dataset.clock !== undefined
        ? moment.toLocaleTimeString()
        : moment.toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
    }
    choices();
    watchWork();
  };

  const markCurrent = () => {
    const open = document.querySelector("[data-detail]")?.dataset.detail;
    for (const link of all(".row > a[aria-current]")) link.removeAttribute("aria-current");
    if (open) byId(`r-${open}`)?.setAttribute("aria-current", "true");
  };

  // Who was chosen stays so, on every page and in every search, until the choice was used or cleared.
  const kept = new Set();
  const keepChosen = () => {
    if (!document.querySelector("[data-kept]")) return;
    for (const box of all("#rows input[name=id]")) box.checked = kept.has(box.value);
  };

  const choices = () => {
    const boxes = all("#rows input[name=id]");
    let chosen = boxes.filter((box) => box.checked).length;
    if (document.querySelector("[data-kept]")) {
      for (const box of boxes) { if (box.checked) kept.add(box.value); else kept.delete(box.value); }
      chosen = kept.size;
      const clear = document.querySelector("[data-clear]");
      clear.hidden = chosen === 0;
    }
    const scope = byId("scope");
    if (scope) {
      scope.options[0].textContent = `${chosen} selected`;
      const nothing = chosen === 0 && scope.value === "selected";
      for (const button of all(".bulkbar .buttons button")) button.disabled = nothing;
    }
    const every = document.querySelector("[data-all]");
    if (every) {
      const group = every.closest("form").querySelectorAll("tbody input[type=checkbox], #rows input[type=checkbox]");
      const ticked = Array.from(group).filter((box) => box.checked).length;
      every.checked = ticked > 0 && ticked === group.length;
      every.indeterminate = ticked > 0 && ticked < group.length;
    }
    const numbers = document.querySelector("[data-numbers]");
    if (numbers) {
      numbers.replaceChildren(...all("#passwords tbody input:checked").map((box) =>
        Object.assign(document.createElement("input"), { type: "hidden", name: "number", value: box.value })));
    }
  };

  let polling = 0;
  const watchWork = () => {
    clearTimeout(polling);
    if (document.querySelector("[data-working]")) {
      polling = setTimeout(() => visit("/work", { focus: "keep", push: false }), 700);
    } else if (document.querySelector("[data-running]")) {
      polling = setTimeout(refreshTop, 1500);
    }
  };
  const refreshTop = async () => {
    try {
      const answer = await fetch(location.href);
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      const focused = document.activeElement?.closest("#top") ? document.activeElement.id : "";
      if (!replace(fresh, "top")) return;
      dress();
      if (focused) (byId(focused) ?? byId("main")).focus({ preventScroll: true });
    } catch { missed(); }
  };

  // Live checks

  let checking = 0;
  let checkTimer = 0;
  const check = (input) => {
    const form = input.form;
    const verdict = form.querySelector("#verdict");
    clearTimeout(checkTimer);
    const mine = ++checking;
    checkTimer = setTimeout(async () => {
      try {
        const answer = await ask(form.dataset.check, { [input.name]: input.value });
        if (mine !== checking || !verdict.isConnected) return;
        const lines = answer.problems.length ? answer.problems : [input.name === "password" ? "The domain's policy accepts this password." : "This name is free."];
        verdict.replaceChildren(...lines.map((line) =>
          Object.assign(document.createElement("p"), { textContent: line, className: answer.problems.length ? "bad" : "good" })));
        input.setAttribute("aria-invalid", String(answer.problems.length > 0));
        for (const rule of all(".rules li", form)) rule.classList.toggle("broken", answer.problems.includes(rule.textContent));
      } catch { missed(); }
    }, 180);
  };

  // Events, delegated: whatever is swapped in later works as well

  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-swap]");
    if (link && event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      const part = link.dataset.swap === "detail" && byId("detail") ? "detail" : undefined;
      visit(link.href, { part, focus: "move" });
      return;
    }
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.help !== undefined) byId("help").showModal();
    if (button.dataset.print !== undefined) window.print();
    if (button.dataset.clear !== undefined) { kept.clear(); keepChosen(); choices(); byId("q")?.focus(); }
    if (button.dataset.takeOver !== undefined) {
      await ask("/tabs/take-over").then(pulse).catch(missed);
      visit(location.href, { push: false });
    }
    if (button.dataset.another !== undefined) {
      const form = button.form;
      try {
        const answer = await ask(form.dataset.suggest);
        if (!answer.password) { announce(answer.problems.join(" ")); return; }
        const input = form.querySelector("[data-checked]");
        input.value = answer.password;
        announce("Another password was made.");
        check(input);
      } catch { missed(); }
    }
    if (button.dataset.copy !== undefined) {
      const source = byId(button.dataset.copy);
      const before = button.innerHTML;
      try {
        await navigator.clipboard.writeText(source.value ?? source.textContent);
        button.textContent = "Copied";
        announce("Copied to the clipboard.");
      } catch { button.textContent = "Cannot copy"; }
      setTimeout(() => { button.innerHTML = before; }, 1600);
    }
  });

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.method === "dialog") return;
    if (form.dataset.filter !== undefined) { event.preventDefault(); filter(form); return; }
    if (form.dataset.archive !== undefined) { event.preventDefault(); saveArchive(form); return; }
    if (form.dataset.swap !== undefined) { event.preventDefault(); send(form, event.submitter); return; }
    if (form.dataset.passwords !== undefined) {
      event.preventDefault();
      visit(`${form.getAttribute("action")}?${new URLSearchParams(new FormData(form))}`, { focus: "move" });
      return;
    }
    leaving = true;
  });

  const filter = (form) => {
    const query = new URLSearchParams(Array.from(new FormData(form)).filter(([name, value]) => value && !(name === "state" && value === "open")));
    visit(`${form.getAttribute("action")}${query.size ? "?" + query : ""}`, { part: byId("detail") ? "list" : undefined });
  };

  let typing = 0;
  document.addEventListener("input", (event) => {
    const input = event.target;
    if (input.closest("[data-filter]")) {
      clearTimeout(typing);
      typing = setTimeout(() => filter(input.form), input.type === "search" ? 160 : 0);
    } else if (input.dataset.checked !== undefined) {
      check(input);
    } else if (input.dataset.liveInput !== undefined) {
      clearTimeout(typing);
      typing = setTimeout(() => send(input.form, input.form.querySelector("[data-live-button]")), 250);
    }
  });

  let lastBox = null;
  document.addEventListener("change", (event) => {
    const input = event.target;
    if (input.dataset.all !== undefined) {
      const group = input.closest("form").querySelectorAll("tbody input[type=checkbox], #rows input[type=checkbox]");
      for (const box of group) box.checked = input.checked;
    }
    if (input.type === "checkbox" || input.id === "scope") choices();
  });
  document.addEventListener("click", (event) => {
    const box = event.target;
    if (box.name !== "id" || box.type !== "checkbox") return;
    if (event.shiftKey && lastBox?.isConnected) {
      const boxes = all("#rows input[name=id]");
      const [from, to] = [boxes.indexOf(lastBox), boxes.indexOf(box)].sort((a, b) => a - b);
      for (const other of boxes.slice(from, to + 1)) other.checked = box.checked;
      choices();
    }
    lastBox = box;
  });

  const saveArchive = async (form) => {
    const problem = form.querySelector("[data-archive-problem]");
    problem.textContent = "";
    const [key, repeated] = ["key", "repeated"].map((name) => form.elements[name].value);
    if (key !== repeated) { problem.textContent = "The two keys are not the same."; form.elements.repeated.focus(); return; }
    try {
      const answer = await fetch(form.action, { method: "POST", body: fields(new FormData(form)) });
      if (answer.status === 409) { byId("elsewhere").hidden = false; return; }
      if (answer.headers.get("Content-Type") !== "application/zip") {
        const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
        problem.textContent = fresh.querySelector("#main .banner.bad")?.textContent ?? "That did not work.";
        return;
      }
      const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(await answer.blob()), download: "passwords.zip" });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
      announce("passwords.zip was saved.");
      visit("/passwords", { push: false, focus: "keep" });
    } catch { missed(); }
  };

  // Keys

  const rowLinks = () => all(".row > a");
  const listShown = () => byId("list") && getComputedStyle(byId("list")).display !== "none";
  let opening = 0;
  const move = (step) => {
    if (!listShown()) {
      document.querySelector(step > 0 ? "[data-next]" : "[data-previous]")?.click();
      return;
    }
    const links = rowLinks();
    if (!links.length) return;
    const current = document.activeElement.closest?.(".row")?.querySelector("a") ?? document.querySelector(".row > a[aria-current]");
    const index = current ? links.indexOf(current) + step : step > 0 ? 0 : links.length - 1;
    const target = links[Math.max(0, Math.min(links.length - 1, index))];
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "nearest" });
    if (wide.matches && document.querySelector(".panes.opened")) {
      clearTimeout(opening);
      opening = setTimeout(() => visit(target.href, { part: "detail" }), 90);
    }
  };

  // Yes and no always mean what is open; a row that has the focus is opened first.
  const answerKey = (key) => {
    const row = document.activeElement.closest?.(".row");
    const open = document.querySelector("[data-detail]")?.dataset.detail;
    if (row && row.dataset.id !== open) { row.querySelector("a").click(); return; }
    const target = all(`#main [data-key="${key}"]`).find((element) => element.offsetParent !== null);
    if (!target) return;
    if (target.matches("input")) { target.focus(); target.select(); } else target.click();
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (all(".cover").some((cover) => !cover.hidden) || byId("help")?.open) return;
    const element = event.target;
    const types = element.matches("input:not([type=checkbox], [type=radio]), textarea, select");
    if (event.key === "Escape") {
      if (types) { element.blur(); byId("detail-title")?.focus({ preventScroll: true }); return; }
      const back = document.querySelector("#main [data-back]");
      if (back) { event.preventDefault(); visit(back.href).then(() => document.querySelector(".row > a")?.focus({ preventScroll: true })); }
      return;
    }
    if (types) return;
    const arrows = element.matches("input[type=radio], summary") ? {} : { ArrowDown: 1, ArrowUp: -1 };
    const step = { j: 1, k: -1, ...arrows }[event.key];
    if (step && document.querySelector(".panes")) { event.preventDefault(); move(step); return; }
    if (event.repeat) return;
    switch (event.key) {
      case "o": (element.closest(".row") ?? document.querySelector(".row"))?.querySelector("a").click(); break;
      case "a": case "r": answerKey(event.key); break;
      case "x": {
        const box = (element.closest(".row") ?? document.querySelector(".row:has(a[aria-current])"))?.querySelector("input");
        if (!box) return;
        box.checked = !box.checked;
        announce(box.checked ? "Selected" : "Not selected");
        choices();
        break;
      }
      case "/": if (listShown()) { byId("q")?.focus(); byId("q")?.select(); } else return; break;
      case "?": byId("help").showModal(); break;
      default: return;
    }
    event.preventDefault();
  });

  addEventListener("popstate", () => visit(location.href, { push: false }));

  // Signs of life, several tabs, the end

  const beat = Number(body.dataset.heartbeat) || 0;
  let misses = 0;
  const lost = () => { finished = true; clearInterval(beating); byId("ended").hidden = false; };
  const missed = () => { if (++misses >= 3 && !finished) lost(); };
  const pulse = (sign) => {
    misses = 0;
    const elsewhere = byId("elsewhere");
    if (elsewhere.hidden !== sign.active) {
      elsewhere.hidden = sign.active;
      if (!sign.active) elsewhere.querySelector("button").focus();
    }
    const main = byId("main");
    if (main) main.dataset.unexported = sign.unexported;
    // What is shown may be older than the last sign: an answer brings the banner, too.
    if (sign.lost !== (document.querySelector("[data-lost]") !== null)) {
      announce(sign.lost ? "The directory does not answer. Answers are kept." : "The directory is back.");
      if (sign.lost || isTyping()) refreshTop(); else visit(location.href, { push: false });
    }
  };
  // What somebody has typed is not replaced behind his back.
  const isTyping = () => all("#detail input").some((input) => input.value !== input.defaultValue);
  const sign = () => { if (!finished) ask("/tabs/sign").then(pulse).catch((error) => error.message === "401" ? lost() : missed()); };
  let beating = 0;
  const start = () => { if (beat) { sign(); clearInterval(beating); beating = setInterval(sign, beat); } };
  addEventListener("pagehide", () => { if (beat && !finished) navigator.sendBeacon("/tabs/close", fields({})); });
  addEventListener("pageshow", (event) => { if (event.persisted) start(); });
  addEventListener("beforeunload", (event) => {
    if (!leaving && !finished && Number(byId("main")?.dataset.unexported) > 0) event.preventDefault();
  });

  const address = new URL(location.href);
  if (address.searchParams.has("told")) {
    address.searchParams.delete("told");
    history.replaceState({}, "", address);
  }
  dress();
  start();
})();
