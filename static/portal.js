/* portal.js 1.0, EUPL-1.2. Comfort only: every page works without it. */
(function () {
  "use strict";

  /* An error summary takes the focus, so that it is read first. */
  function focusSummary(root) {
    var summary = root.querySelector("[data-error-summary]");
    if (summary) { summary.focus(); }
  }
  document.addEventListener("DOMContentLoaded", function () { focusSummary(document); });
  document.addEventListener("htmx:afterSwap", function (event) { focusSummary(event.target); });

  /* When htmx renews a part of the page, details stay as they were, and the focus does not fall off the page. */
  var folds = {};
  var focused = null;
  document.addEventListener("htmx:beforeSwap", function (event) {
    focused = event.target.contains(document.activeElement) ? document.activeElement.id || "none" : null;
    folds = {};
    event.target.querySelectorAll("details[id]").forEach(function (fold) { folds[fold.id] = fold.open; });
  });
  document.addEventListener("htmx:afterSettle", function () {
    Object.keys(folds).forEach(function (id) {
      var fold = document.getElementById(id);
      if (fold) { fold.open = folds[id]; }
    });
    folds = {};
    if (focused && document.activeElement === document.body) {
      var landing = document.getElementById(focused) || document.querySelector("[data-landing]");
      if (landing) { landing.focus({ preventScroll: landing.id === focused }); }
    }
    focused = null;
  });

  /* The phone menu closes with Escape and gives the focus back. */
  document.addEventListener("keydown", function (event) {
    var menu = event.key === "Escape" && document.querySelector("details.menu[open]");
    if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
  });

  /* A request that fails says so; what was typed stays where it is. */
  function sayFailed() {
    var words = document.getElementById("request-failed");
    var place = document.getElementById("notices");
    if (words && place) { place.replaceChildren(words.content.cloneNode(true)); place.scrollIntoView({ block: "nearest" }); }
  }
  function failed(event) {
    if (isTyping(event.detail.elt)) { sayUnkept(event.detail.elt); } else { sayFailed(); }
  }
  document.addEventListener("htmx:responseError", failed);
  document.addEventListener("htmx:sendError", failed);

  /* A form that is kept while typing says in its own line that it was not, and tries again until it is. */
  var AGAIN = 10000; /* milliseconds */
  var timer = null;
  function isTyping(form) { return form.matches("form[hx-target='#kept']"); }
  function sayUnkept(form) {
    var words = document.getElementById("typing-failed").content;
    var line = document.getElementById("kept");
    if (line.textContent !== words.textContent) { line.replaceChildren(words.cloneNode(true)); }
    form.dataset.unkept = "yes";
    clearTimeout(timer);
    timer = setTimeout(again, AGAIN);
  }
  function again() {
    document.querySelectorAll("form[data-unkept]").forEach(function (form) { form.dispatchEvent(new Event("input")); });
  }
  window.addEventListener("online", again);
  window.addEventListener("beforeunload", function (event) {
    if (document.querySelector("form[data-unkept]:not([data-sent])")) { event.preventDefault(); }
  });
  /* Whoever was signed out meanwhile gets another page as the answer: not a word for beside the button. */
  document.addEventListener("htmx:beforeSwap", function (event) {
    var answer = event.detail;
    if (event.target.id !== "kept") { return; }
    if (new URL(answer.xhr.responseURL).pathname === location.pathname) {
      delete answer.requestConfig.elt.dataset.unkept;
    } else {
      answer.shouldSwap = false;
      sayUnkept(answer.requestConfig.elt);
    }
  });
  /* What is sent by the button is not kept by typing as well. */
  document.addEventListener("htmx:beforeRequest", function (event) {
    if (isTyping(event.detail.elt) && event.detail.elt.dataset.sent) { event.preventDefault(); }
  });

  /* A second click on the same button, while the first is under way, is not sent. */
  var PAUSE = 4000; /* milliseconds; a download leaves the page where it is */
  function release(form) { delete form.dataset.sent; }
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if ((form.getAttribute("method") || "").toLowerCase() !== "post") { return; }
    if (form.hasAttribute("hx-post") && !form.hasAttribute("hx-trigger")) { return; } /* htmx sends it */
    if (form.dataset.sent) { event.preventDefault(); return; }
    if (isTyping(form)) {
      if (!navigator.onLine) { event.preventDefault(); sayUnkept(form); return; }
      form.dispatchEvent(new Event("htmx:abort"));
    }
    form.dataset.sent = "yes";
    setTimeout(release, PAUSE, form);
  });
  window.addEventListener("pageshow", function () { document.querySelectorAll("form[data-sent]").forEach(release); });
})();
