// What is wider than the window, and tables of which a part can only be seen by scrolling to the right.
const wide = document.documentElement.scrollWidth;
const odd = wide > innerWidth ? [`${wide} > ${innerWidth}`] : [];
const outside = (it) => wide > innerWidth && it.getBoundingClientRect().right > innerWidth + 0.5;
const hides = (it) => it.matches(".scroll") && it.scrollWidth > it.clientWidth + 1;
for (const it of document.querySelectorAll("body *")) {
  if (outside(it) || hides(it)) odd.push(it.outerHTML.slice(0, 80));
}
return odd.slice(0, 12);
