// What should not be on paper, and what is missing there.
const seen = (it) => it.checkVisibility() && it.getBoundingClientRect().height > 0;
const odd = [...document.querySelectorAll("button, input, select, nav, .skip, .hint")].filter(seen).map((it) => it.outerHTML.slice(0, 80));
for (const wanted of ["#console .message", "#transcript li", "#pane td", "#picture .place text"]) {
  if (![...document.querySelectorAll(wanted)].some(seen)) odd.push(`no ${wanted}`);
}
for (const part of document.querySelectorAll("body, body *")) {
  const [r, g, b, a = 1] = getComputedStyle(part).backgroundColor.match(/[\d.]+/g).map(Number);
  if (seen(part) && !part.matches(".dot") && a > 0 && Math.min(r, g, b) < 200) odd.push(`dark: ${part.outerHTML.slice(0, 80)}`);
}
return odd;
