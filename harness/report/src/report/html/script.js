"use strict";
// Everything works without this; it adds a search by text, and opens the play that a link leads to.
const plays = [...document.querySelectorAll(".play")];
const search = document.getElementById("search");
search.closest("fieldset").hidden = false;
search.addEventListener("input", () => {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const play of plays) {
    const text = play.querySelector("summary").textContent.toLowerCase();
    play.hidden = !words.every((word) => text.includes(word));
  }
  for (const section of document.querySelectorAll("section:has(.play)")) {
    section.hidden = !section.querySelector(".play:not([hidden])");
  }
});
const visible = (play) => play.offsetParent !== null;
document.getElementById("open").addEventListener("click", () => plays.filter(visible).forEach((play) => { play.open = true; }));
document.getElementById("close").addEventListener("click", () => plays.forEach((play) => { play.open = false; }));
const follow = () => {
  const play = document.getElementById(location.hash.slice(1));
  if (play instanceof HTMLDetailsElement) {
    play.open = true;
    play.scrollIntoView();
  }
};
addEventListener("hashchange", follow);
follow();
