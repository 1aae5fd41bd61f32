// The texts on the page that can be read with difficulty: those whose contrast with what is behind them is below WCAG's 4.5, or 3 for
// large text; and those that are tiny. What is not to be seen does not count.
const channels = (text) => {
  const numbers = text.match(/-?[\d.]+(e-?\d+)?/g).map(Number);
  const [r, g, b, a = 1] = text.startsWith("color(") ? [...numbers.slice(0, 3).map((it) => it * 255), numbers[3]] : numbers;
  return { rgb: [r, g, b], a };
};
const over = (front, back) => front.rgb.map((it, i) => it * front.a + back[i] * (1 - front.a));
const luminance = (rgb) => {
  const [r, g, b] = rgb.map((it) => {
    const part = it / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
// In a drawing, a text stands on the box of its group.
const colour = (element) => {
  const box = element instanceof SVGElement ? element.querySelector(":scope > rect") : element;
  if (!box) return channels("rgba(0, 0, 0, 0)");
  const style = getComputedStyle(box);
  const fill = element instanceof SVGElement ? style.fill : style.backgroundColor;
  return channels(fill === "none" ? "rgba(0, 0, 0, 0)" : fill);
};
const behind = (element) => {
  const layers = [];
  for (let at = element; at; at = at.parentElement) {
    // The root of a drawing holds boxes, but is none.
    if (at instanceof SVGSVGElement) continue;
    layers.unshift(colour(at));
  }
  return layers.reduce((back, front) => over(front, back), [255, 255, 255]);
};
const found = [];
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
let seen = 0;
while (walker.nextNode()) {
  const text = walker.currentNode.data.trim();
  const element = walker.currentNode.parentElement;
  if (!text || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
  const at = element.getBoundingClientRect();
  if (at.width === 0 || at.height === 0 || at.right < 0) continue;
  seen += 1;
  const style = getComputedStyle(element);
  const back = behind(element);
  const ink = over(channels(element instanceof SVGElement ? style.fill : style.color), back);
  const [high, low] = [luminance(ink), luminance(back)].sort((a, b) => b - a);
  const ratio = (high + 0.05) / (low + 0.05);
  const scale = element instanceof SVGElement ? element.getScreenCTM().a : 1;
  const size = parseFloat(style.fontSize) * scale;
  if (size < 10.5) found.push(`${size.toFixed(1)} px: ${text.slice(0, 40)}`);
  const wanted = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
  if (ratio < wanted) found.push(`${ratio.toFixed(2)} <${element.tagName.toLowerCase()} class="${element.getAttribute("class") ?? ""}"> ${text.slice(0, 40)}`);
}
return seen === 0 ? ["no text was seen"] : found;
