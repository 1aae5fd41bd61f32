// How many columns of the prompt's own letters stand side by side.
const line = document.createElement("pre");
const transcript = document.getElementById("transcript");
const item = transcript.appendChild(document.createElement("li"));
item.append(line);
let columns = 0;
for (let height = Infinity; columns < 200; columns += 1) {
  line.textContent = "x".repeat(columns + 1);
  height = Math.min(height, line.offsetHeight);
  if (line.offsetHeight > height) break;
}
item.remove();
return columns;
