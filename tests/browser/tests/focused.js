// Whether the keyboard is where a selector says, where it is, and what is odd about that.
const at = document.activeElement;
const box = at.getBoundingClientRect();
const style = getComputedStyle(at);
const inSight = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
const marked = at.matches(":focus-visible") && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
const odd = at === document.body || (inSight && marked) ? "" : `in sight: ${inSight}, marked: ${marked}`;
return [at.matches(arguments[0]), at.outerHTML.slice(0, 120), odd];
