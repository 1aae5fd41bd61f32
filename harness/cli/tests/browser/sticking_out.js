// What is wider than the window; what scrolls within its own frame is not.
const wide = document.documentElement.scrollWidth;
if (wide <= innerWidth) return [];
const all = [...document.querySelectorAll("body *")].filter((it) => it.getBoundingClientRect().right > innerWidth + 0.5);
return [`${wide} > ${innerWidth}`, ...all.map((it) => it.outerHTML.slice(0, 80))].slice(0, 12);
