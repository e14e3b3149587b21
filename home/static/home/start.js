// Starts what Wagtail's own templates start by scripts in the page: <script type="application/json" data-start="new InlinePanel">
// holds the arguments. The admin's policy lets no script run that stands in a page; what may be started is named here.
const STARTED = new Set([
  "InlinePanel",
  "MultipleChooserPanel",
  "initDateChooser",
  "initDateTimeChooser",
  "initTimeChooser",
  "createTaskChooser",
  "Chooser",
  "PageChooser",
  "ImageChooser",
  "DocumentChooser",
  "SnippetChooser",
]);

function start(node) {
  const [isNew, name] = node.dataset.start.startsWith("new ") ? [true, node.dataset.start.slice(4)] : [false, node.dataset.start];
  delete node.dataset.start;
  if (!STARTED.has(name) || typeof window[name] !== "function") return;
  const values = JSON.parse(node.textContent);
  if (isNew) new window[name](...values);
  else window[name](...values);
}

function startAllIn(root) {
  if (root.nodeType !== Node.ELEMENT_NODE) return;
  if (root.matches("script[data-start]")) start(root);
  for (const node of root.querySelectorAll("script[data-start]")) start(node);
}

document.addEventListener("DOMContentLoaded", () => {
  startAllIn(document.body);
  // Rows that are added later, and what a dialogue brings.
  new MutationObserver((changes) => {
    for (const change of changes) change.addedNodes.forEach(startAllIn);
  }).observe(document.body, { childList: true, subtree: true });
});
