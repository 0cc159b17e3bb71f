// Live pages: asks every two seconds whether anything changed, and only then has htmx fetch the lists again.
// Also makes the clocks tick, and tells of what is new in the title, aloud and as a sound.
"use strict";

(() => {
  const EVERY = 2000;
  const PATIENCE = 5000;
  const MISSED = 2;
  const root = document.querySelector("[data-live]");
  const list = document.querySelector("[data-live-list]");
  if (!root || !list) return;

  const say = document.querySelector("[data-live-says]");
  const kept = document.querySelector("[data-live-kept]");
  const title = document.title;
  let etag = "";
  let missed = 0;
  let ahead = 0; // how much the server's clock is ahead of ours
  let count = 0;
  let alarms = null;

  // --- Did anything change? ---------------------------------------------------------------------

  async function ask() {
    const response = await fetch(root.dataset.url, {
      headers: etag ? { "If-None-Match": etag } : {},
      cache: "no-store",
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE),
    });
    // The session has ended: the whole page goes to the sign-in page and comes back after it.
    if (response.type === "opaqueredirect") window.location.reload();
    else if (response.status === 200) await heard(response);
    else if (response.status !== 304) throw new Error(String(response.status));
  }

  async function heard(response) {
    const { inbox, alarms: open, now } = await response.json();
    ahead = new Date(now) - Date.now();
    etag = response.headers.get("ETag");
    count = list.dataset.liveList === "inbox" ? inbox : open;
    if (list.dataset.liveList === "inbox" && alarms !== null && open > alarms) tell([root.dataset.alarm]);
    alarms = open;
    showTitle();
    // The first time too: something may have come between the page and the first question.
    htmx.trigger(document.body, "live-change");
  }

  function connectionIs(well) {
    missed = well ? 0 : missed + 1;
    for (const notice of document.querySelectorAll("[data-lost-connection]")) notice.hidden = missed < MISSED;
  }

  async function poll() {
    const asked = Date.now();
    // One question at a time, however slow the answer.
    await ask().then(() => connectionIs(true), () => connectionIs(false));
    setTimeout(poll, Math.max(0, EVERY - (Date.now() - asked)));
  }

  // --- What is new -------------------------------------------------------------------------------

  const news = () => new Map([...list.querySelectorAll("[data-news]")].map((each) => [each.id, each.dataset.news]));
  let known = news();

  function compare() {
    const found = news();
    const fresh = [...found].filter(([id]) => !known.has(id)).map(([, text]) => text);
    known = found;
    if (fresh.length) tell(fresh);
  }

  function tell(texts) {
    say.textContent = texts.join(". ");
    if (sound.checked) beep();
  }

  list.addEventListener("htmx:afterSettle", () => {
    tick();
    compare();
  });
  // A change that could not be fetched is still a change: the next answer counts as new.
  list.addEventListener("htmx:afterRequest", (event) => {
    if (!event.detail.successful) etag = "";
  });

  // What somebody is typing outlives the offer that it is about.
  list.addEventListener("htmx:beforeSwap", (event) => {
    if (!event.detail.shouldSwap) return;
    const coming = new DOMParser().parseFromString(event.detail.serverResponse, "text/html");
    for (const form of list.querySelectorAll("details[open][hx-preserve]")) {
      if (!coming.getElementById(form.id) && isTypedIn(form)) keep(form);
    }
  });

  const isTypedIn = (form) => [...form.querySelectorAll("select, textarea, input:not([type=hidden])")].some((each) => each.value !== "");

  function keep(form) {
    const focused = form.contains(document.activeElement) ? document.activeElement : null;
    kept.append(form);
    kept.hidden = false;
    if (focused) focused.focus();
  }

  // --- Clocks ---------------------------------------------------------------------------------------

  const STAGES = ["plenty", "half", "nearly", "over"];
  const two = (number) => String(number).padStart(2, "0");

  function spell(seconds) {
    const hours = Math.floor(seconds / 3600);
    const minutes = Math.floor((seconds % 3600) / 60);
    return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
  }

  function tick() {
    const now = Date.now() + ahead;
    for (const clock of list.querySelectorAll("[data-clock]")) show(clock, now);
  }

  function show(clock, now) {
    const left = Math.ceil((new Date(clock.dataset.due) - now) / 1000);
    const words = left > 0 ? root.dataset.left : root.dataset.over;
    clock.querySelector("[data-clock-left]").textContent = words.replace("%s", spell(Math.abs(left)));
    const passed = ["half", "nearly", "due"].filter((moment) => now >= new Date(clock.dataset[moment])).length;
    if (STAGES[passed] !== clock.dataset.clock) move(clock, STAGES[passed]);
  }

  function move(clock, stage) {
    clock.classList.replace(`cd-clock--${clock.dataset.clock}`, `cd-clock--${stage}`);
    clock.closest("[data-stage-of]")?.classList.replace(`board-row--${clock.dataset.clock}`, `board-row--${stage}`);
    clock.querySelector("[data-clock-stage]").textContent = root.dataset[stage === "over" ? "isOver" : stage];
    clock.dataset.clock = stage;
  }

  // --- Title and sound ----------------------------------------------------------------------------------

  let audio = null;

  function beep() {
    audio ??= new AudioContext();
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = 880;
    tone.frequency.setValueAtTime(660, audio.currentTime + 0.18);
    volume.gain.setValueAtTime(0.2, audio.currentTime);
    volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.5);
    tone.connect(volume).connect(audio.destination);
    tone.start();
    tone.stop(audio.currentTime + 0.5);
  }

  function remember(name, initial, changed) {
    const box = document.getElementById(name);
    box.checked = (localStorage.getItem(name) ?? initial) === "on";
    box.addEventListener("change", () => {
      localStorage.setItem(name, box.checked ? "on" : "off");
      changed(box.checked);
    });
    return box;
  }

  function showTitle() {
    document.title = badge.checked && count ? `(${count}) ${title}` : title;
  }

  // A browser makes no sound before somebody touched the page: switching it on is that touch, and can be heard.
  const sound = remember("live-sound", "off", (on) => on && beep());
  const badge = remember("live-badge", "on", showTitle);
  document.addEventListener("pointerdown", () => audio?.resume());

  root.hidden = false;
  tick();
  setInterval(tick, 1000);
  poll();
})();
